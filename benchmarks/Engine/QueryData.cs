using Weir.Engine.Series;

namespace Weir.Bench.Engine;

/// <summary>
/// Random series to ask about: gauges and counters, scraped regularly or not, with gaps, restarts and infinities, and classic histograms. Gauges are multiples
/// of a quarter, so that sums of them are exact in any order. All points stand beside whole and half seconds: no range or lookback begins at one, where
/// Prometheus 2 counted a point and Prometheus 3 does not.
/// </summary>
internal static class QueryData
{
    /// <summary>2026-01-01 00:00:00 UTC.</summary>
    public const long Start = 1_767_225_600_000_000_000;

    public const long Length = 5400 * Second;

    private const long Second = 1_000_000_000;
    private const long Millisecond = 1_000_000;

    public static IEnumerable<(SeriesKey Key, long[] Times, double[] Values)> Random(Random random)
    {
        foreach (var host in new[] { "a", "b", "c" })
        {
            foreach (var zone in new[] { "east", "west" })
            {
                if ((host, zone) != ("c", "west")) yield return Make(Key("level", ("host", host), ("zone", zone)), Regular(random), _ => random.Next(-256, 256) / 4.0);
                yield return Make(Key("load", ("host", host), ("zone", zone)), Irregular(random), _ => random.Next(14) == 0 ? double.NaN : random.Next(400) / 4.0);
                yield return Make(Key("weight", ("host", host), ("zone", zone)), Regular(random), _ => 1 + random.NextDouble() * 99);
                foreach (var code in new[] { "200", "500" })
                {
                    // After a gap, counters are far from zero: near it, Prometheus 3 extrapolates otherwise than 2 did.
                    yield return Make(Key("requests", ("host", host), ("zone", zone), ("code", code)), Regular(random), Counter(random, restarts: 60));
                    yield return Make(Key("hits", ("host", host), ("zone", zone), ("code", code)), Irregular(random), Counter(random, restarts: int.MaxValue));
                }
            }
            yield return Make(Key("wild", ("host", host)), Irregular(random), _ => random.Next(5) switch
            {
                0 => double.PositiveInfinity, 1 => double.NegativeInfinity, 2 => Math.Pow(10, random.Next(-30, 30)), 3 => 0, _ => random.NextDouble(),
            });
            yield return Make(Key("info", ("host", host), ("team", host == "a" ? "red" : "blue"), ("path", $"/{host}/x.y")), Regular(random), _ => 1);
            foreach (var series in Histogram(random, host)) yield return series;
        }
    }

    /// <summary>Cumulative buckets of one host; the last host writes a bound twice, once otherwise, and one that is no number.</summary>
    private static IEnumerable<(SeriesKey Key, long[] Times, double[] Values)> Histogram(Random random, string host)
    {
        string[] bounds = host == "c" ? ["-1", "0", "0.5", "1", "1.0", "x", "8", "+Inf"] : ["0.1", "0.5", "1", "2.5", "+Inf"];
        var times = Regular(random);
        var counts = Enumerable.Range(1, bounds.Length).Select(n => n * 1e5).ToArray();
        var values = bounds.Select(_ => new double[times.Length]).ToArray();
        for (var i = 0; i < times.Length; i++)
        {
            if (random.Next(150) == 0) Array.Clear(counts);
            for (var n = random.Next(6); n > 0; n--)
            {
                for (var bound = random.Next(bounds.Length); bound < bounds.Length; bound++) counts[bound]++;
            }
            for (var bound = 0; bound < bounds.Length; bound++) values[bound][i] = counts[bound];
        }
        return bounds.Select((bound, i) => (Key("latency_bucket", ("host", host), ("le", bound)), times, values[i]));
    }

    private static (SeriesKey Key, long[] Times, double[] Values) Make(SeriesKey key, long[] times, Func<int, double> value) =>
        (key, times, [.. Enumerable.Range(0, times.Length).Select(value)]);

    private static Func<int, double> Counter(Random random, int restarts)
    {
        var count = 100_000;
        return _ => count = random.Next(restarts) == 0 ? random.Next(5) : count + random.Next(20);
    }

    private static long[] Regular(Random random)
    {
        var first = Start + Beside(random);
        return [.. Enumerable.Range(0, (int)(Length / (15 * Second))).Select(i => first + i * 15 * Second)];
    }

    private static long[] Irregular(Random random)
    {
        var times = new List<long>();
        for (var second = random.Next(60); second < Length / Second; second += random.Next(30) == 0 ? random.Next(60, 900) : random.Next(1, 40)) times.Add(Start + second * Second + Beside(random));
        return [.. times];
    }

    private static long Beside(Random random) => (random.Next(2) * 500 + random.Next(10, 490)) * Millisecond;

    private static SeriesKey Key(string name, params (string Name, string Value)[] labels) =>
        new(name, labels.Select(label => new Label(label.Name, label.Value)).ToArray());
}
