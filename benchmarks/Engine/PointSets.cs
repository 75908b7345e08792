using System.Globalization;
using Weir.Engine.Chunks;
using Weir.Engine.Time;

namespace Weir.Bench.Engine;

/// <summary>Points of one kind, cut into chunks of 1,024.</summary>
internal sealed record PointSet(string Name, List<(long[] Times, double[] Values)> Chunks);

/// <summary>The points that chunks are measured with: three kinds from seeds, one recorded.</summary>
internal static class PointSets
{
    private const long Second = UnixTime.NanosecondsPerSecond;
    private const long Start = 1_732_190_400 * Second;

    public static IEnumerable<PointSet> All(int chunks) =>
    [
        Of("gauges of two decimals", chunks, Gauge, _ => 0),
        Of("gauges of two decimals, clock of milliseconds", chunks, Gauge, random => random.Next(-5, 6) * 1_000_000L),
        Of("random walks of doubles", chunks, Walk, _ => 0),
        Of("bursts of integers", chunks, Bursts, _ => 0),
        Recorded(),
    ];

    private static PointSet Of(string name, int chunks, Func<Random, IEnumerable<double>> kind, Func<Random, long> jitter)
    {
        var (random, all) = (new Random(5), new List<(long[], double[])>());
        using var values = kind(random).GetEnumerator();
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            var columns = (Times: new long[Chunk.Points], Values: new double[Chunk.Points]);
            for (var i = 0; i < Chunk.Points; i++)
            {
                values.MoveNext();
                columns.Values[i] = values.Current;
                columns.Times[i] = Start + ((long)chunk * Chunk.Points + i) * Second + jitter(random);
            }
            all.Add(columns);
        }
        return new PointSet(name, all);
    }

    /// <summary>
    /// Nine metrics of /proc on the two-core virtual machine on which Weir was built and tested, every 200 ms for seven minutes of November 2026, with the
    /// times at which they were really read; each metric's column makes its own chunks.
    /// </summary>
    public static (long[] Times, double[] Values)[] RecordedSeries()
    {
        var rows = File.ReadLines(Path.Combine(Run.Root, "benchmarks", "Engine", "recorded", "machine.csv")).Skip(1).Select(line => line.Split(',')).ToArray();
        var times = rows.Select(row => long.Parse(row[0], CultureInfo.InvariantCulture) * 1_000_000).ToArray();
        return Enumerable.Range(1, rows[0].Length - 1).Select(metric => (times, rows.Select(row => double.Parse(row[metric], CultureInfo.InvariantCulture)).ToArray())).ToArray();
    }

    private static PointSet Recorded() => new(
        "metrics of a machine",
        RecordedSeries().SelectMany(series => series.Times.Chunk(Chunk.Points).Zip(series.Values.Chunk(Chunk.Points))).Where(chunk => chunk.First.Length == Chunk.Points).ToList());

    private static IEnumerable<double> Gauge(Random random)
    {
        for (var level = 50.0; ;)
        {
            level = Math.Clamp(level + 0.4 * Normal(random), 0, 100);
            yield return Math.Round(level, 2);
        }
    }

    private static IEnumerable<double> Walk(Random random)
    {
        for (var level = 50.0; ;) yield return level += 0.1 * Normal(random);
    }

    private static IEnumerable<double> Bursts(Random random)
    {
        for (var left = 0; ;)
        {
            if (left == 0 && random.Next(60) == 0) left = random.Next(5, 40);
            if (left > 0) left--;
            yield return left > 0 ? random.Next(200, 5000) : random.Next(4);
        }
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
