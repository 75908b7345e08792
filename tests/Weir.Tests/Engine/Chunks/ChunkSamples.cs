using Weir.Tests.Data;

namespace Weir.Tests.Engine.Chunks;

/// <summary>Columns of every kind a chunk may meet, each from a seed.</summary>
internal static class ChunkSamples
{
    public static readonly int[] Counts = [1, 2, 3, 7, 8, 9, 127, 128, 129, 255, 256, 1000, 1023, 1024, 1025, 2047, 2048];

    public static readonly Dictionary<string, Func<Random, int, double[]>> Values = new()
    {
        ["constant"] = (random, count) => Of(count, Any(random), (_, value) => value),
        ["linear"] = (random, count) => Of(count, random.Next(-1000, 1000), (_, value) => value + 3),
        ["decimals"] = (random, count) => Decimals(random, count, random.Next(0, 9)),
        ["decimals of many digits"] = (random, count) => Decimals(random, count, random.Next(9, 18)),
        ["sums of decimals"] = (random, count) => Of(count, 0.0, (_, value) => value + 0.1),
        ["counter"] = (random, count) => Of(count, 1e9, (_, value) => value + random.Next(900, 1100)),
        ["pages"] = (random, count) => Of(count, 0.0, (_, _) => 4096.0 * random.Next(1, 1 << 20)),
        ["bursts"] = (random, count) => Of(count, 0.0, (i, _) => i / 50 % 4 == 0 ? random.Next(200, 5000) : random.Next(4)),
        ["walk"] = (random, count) => Of(count, 50.0, (_, value) => value + random.NextDouble() - 0.5),
        ["around zero"] = (random, count) => Of(count, 0.0, (_, _) => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-9, 9))),
        ["single precision"] = (random, count) => Of(count, 0.0, (_, _) => (float)(random.NextDouble() * 100)),
        ["random bits"] = (random, count) => Of(count, 0.0, (_, _) => Any(random)),
        ["longer than 53 bits"] = (random, count) => Of(count, 0.0, (_, _) => random.NextInt64(1L << 53, long.MaxValue)),
        ["with exceptions"] = (random, count) => Of(count, 0.0, (_, _) => random.Next(20) == 0 ? Any(random) : random.Next(0, 10_000) / 100.0),
        ["with outliers"] = (random, count) => Of(count, 0.0, (_, _) => random.Next(100) == 0 ? random.Next(-100_000_000, 100_000_000) : random.Next(90, 110)),
        ["mostly special"] = (random, count) => Of(count, 0.0, (_, _) => Special![random.Next(Special.Length)]),
        ["steps"] = (random, count) => Of(count, 10.0, (_, value) => random.Next(80) == 0 ? random.Next(1_000_000) : value),
        ["unlike its sample"] = (random, count) => Of(count, 0.0, (i, _) => i / 128 % 4 is 2 ? 1 : i % 2 == 0 ? random.NextInt64() : random.NextDouble()),
        ["signs unlike their sample"] = (random, count) => Of(count, 0.0, (i, _) => i / 128 % 4 is 2 ? Math.PI : Any(random)),
        ["patchwork"] = Patchwork,
        ["negative"] = (random, count) => Of(count, -1e6, (_, value) => Math.Round(value - random.NextDouble(), 3)),
    };

    public static readonly Dictionary<string, Func<Random, int, long[]>> Times = new()
    {
        ["regular"] = (random, count) => Rising(count, ManualClock.Noon, Constant(random.NextInt64(1, 60 * Points.Second))),
        ["jitter of milliseconds"] = (random, count) => Rising(count, ManualClock.Noon, () => Points.Second + random.Next(-5, 6) * 1_000_000),
        ["jitter of microseconds around a schedule"] = (random, count) => On(count, i => ManualClock.Noon + i * Points.Second + random.Next(500_000) * 1000L),
        ["jitter of nanoseconds"] = (random, count) => Rising(count, ManualClock.Noon, () => random.NextInt64(1, 1_000_000)),
        ["gaps"] = (random, count) => Rising(count, ManualClock.Noon, () => Points.Second * (random.Next(100) == 0 ? random.Next(1, 100_000) : 1)),
        ["bursts"] = (random, count) => Rising(count, ManualClock.Noon, () => random.Next(10) == 0 ? Points.Second : 1),
        ["before 1970"] = (random, count) => Rising(count, -ManualClock.Noon, () => random.NextInt64(1, 1_000_000_000)),
        ["the whole of time"] = (random, count) => Whole(random, count),
        ["the first there are"] = (random, count) => Rising(count, long.MinValue + 1, () => random.Next(1, 100)),
        ["the last there are"] = (random, count) => On(count, i => long.MaxValue - 3L * (count - 1 - i)),
    };

    private static readonly double[] Special =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 0.0, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue,
        double.E, 1.5, BitConverter.Int64BitsToDouble(0x7FF0_0000_0000_0001), BitConverter.Int64BitsToDouble(-1), 2.2250738585072014E-308, 1.0 / 3, 9007199254740993, -9007199254740992,
    ];

    private static double Any(Random random) => random.Next(3) == 0 ? Special![random.Next(Special.Length)] : BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));

    /// <summary>Every block of another kind.</summary>
    private static double[] Patchwork(Random random, int count)
    {
        var kinds = Values!.Where(kind => kind.Key != "patchwork").Select(kind => kind.Value).ToArray();
        return Enumerable.Range(0, (count + 127) / 128).SelectMany(_ => kinds[random.Next(kinds.Length)](random, 128)).Take(count).ToArray();
    }

    private static double[] Decimals(Random random, int count, int digits)
    {
        var power = Math.Pow(10, digits);
        var wild = random.Next(1, 1_000_000);
        return Of(count, 0.0, (_, value) => Math.Round(value * power + random.Next(-wild, wild)) / power);
    }

    private static double[] Of(int count, double first, Func<int, double, double> next)
    {
        var values = new double[count];
        for (var (i, value) = (0, first); i < count; i++) values[i] = value = next(i, value);
        return values;
    }

    private static Func<long> Constant(long step) => () => step;

    private static long[] Rising(int count, long first, Func<long> step)
    {
        var times = new long[count];
        for (var (i, time) = (0, first); i < count; i++, time += step()) times[i] = time;
        return times;
    }

    private static long[] On(int count, Func<int, long> time) => Enumerable.Range(0, count).Select(time).ToArray();

    private static long[] Whole(Random random, int count)
    {
        var times = new SortedSet<long> { long.MaxValue };
        while (times.Count < count) times.Add(times.Count == 1 ? long.MinValue + 1 : random.NextInt64(long.MinValue + 1, long.MaxValue));
        return [.. times];
    }
}
