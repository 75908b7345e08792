using System.Globalization;
using Weir.Engine.Series;

namespace Weir.Tests.Data;

/// <summary>Two columns, times and values, with the comparisons and generators that tests need.</summary>
internal sealed record Points(long[] Times, double[] Values)
{
    public const long Second = 1_000_000_000;

    public static readonly Points None = new([], []);

    public int Count => Times.Length;

    public static Points Of(params (long Time, double Value)[] points) =>
        new(points.Select(p => p.Time).ToArray(), points.Select(p => p.Value).ToArray());

    public static Points Of(SortedDictionary<long, double> points) => new([.. points.Keys], [.. points.Values]);

    public static Points In(SeriesSnapshot snapshot) => In(snapshot, long.MinValue, long.MaxValue);

    public static Points In(SeriesSnapshot snapshot, long from, long to)
    {
        var (times, values) = (new List<long>(), new List<double>());
        snapshot.Read(from, to, times, values);
        return new(times.ToArray(), values.ToArray());
    }

    /// <summary>Rising times in bursts and pauses, with values that wander, repeat, jump, and are now and then a gap or an infinity.</summary>
    public static Points Random(Random random, int count, long start = ManualClock.Noon, bool finite = false)
    {
        var (times, values) = (new long[count], new double[count]);
        var (time, level, scale) = (start, 0.0, 1L);
        for (var i = 0; i < count; i++)
        {
            if (i % 97 == 0) scale = (long)Math.Pow(10, random.Next(0, 9));
            time += 1 + random.NextInt64(scale);
            times[i] = time;
            level += random.Next(-3, 4);
            values[i] = finite ? level : random.Next(40) switch
            {
                0 => double.NaN,
                1 => double.PositiveInfinity,
                2 => double.NegativeInfinity,
                3 => level * 1000,
                4 => -0.0,
                _ => level,
            };
        }
        return new(times, values);
    }

    public Points Between(long from, long to)
    {
        var kept = Enumerable.Range(0, Count).Where(i => Times[i] >= from && Times[i] < to).ToArray();
        return new(kept.Select(i => Times[i]).ToArray(), kept.Select(i => Values[i]).ToArray());
    }

    /// <summary>Fails with the first place where the two differ; values are compared bit for bit.</summary>
    public static void AssertSame(Points expected, Points actual, string where = "")
    {
        for (var i = 0; i < Math.Min(expected.Count, actual.Count); i++)
        {
            if (expected.Times[i] == actual.Times[i] && BitConverter.DoubleToInt64Bits(expected.Values[i]) == BitConverter.DoubleToInt64Bits(actual.Values[i])) continue;
            Assert.Fail(string.Create(
                CultureInfo.InvariantCulture,
                $"{where} Point {i} of {expected.Count} should be ({expected.Times[i]}, {expected.Values[i]:R}) and is ({actual.Times[i]}, {actual.Values[i]:R})."));
        }
        if (expected.Count != actual.Count) Assert.Fail($"{where} {expected.Count} points are expected and {actual.Count} are there.");
    }
}
