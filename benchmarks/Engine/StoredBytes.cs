using Weir.Bench.Engine.Peers;
using Weir.Engine;
using Weir.Engine.Chunks;
using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Bench.Engine;

/// <summary>Bytes a point, against stores that were given the same points.</summary>
internal static class StoredBytes
{
    private const int Series = 10;

    public static async Task RunAsync(Run run)
    {
        await DebianPackages.RequireAsync(VictoriaMetrics.Package, PrometheusBlocks.Package);
        var points = run.IsQuick ? 10_000 : 100_000;
        // Whole seconds: the peers keep milliseconds. Two hours are a block of Prometheus; the points end in the past.
        var end = UnixTime.Now(TimeProvider.System) / 1_000_000_000 * 1_000_000_000;
        var times = Enumerable.Range(0, points).Select(i => end - (points - 1L - i) * 1_000_000_000).ToArray();
        foreach (var name in Signals.Names)
        {
            var values = Signals.Values(name, points * Series);
            await CompareAsync(run, name, Enumerable.Range(0, Series).Select(i => (times, values[(i * points)..((i + 1) * points)])).ToArray());
        }
        await CompareAsync(run, "metrics of a machine", PointSets.RecordedSeries());
    }

    private static async Task CompareAsync(Run run, string name, (long[] Times, double[] Values)[] series)
    {
        var (encoded, held) = BytesAPoint(series);
        double points = series.Sum(one => one.Times.Length);
        var (victoria, prometheus) = (await VictoriaMetrics.BytesAsync(series) / points, await PrometheusBlocks.BytesAsync(series) / points);
        run.Add(new Measurement($"bytes a point, {name}", "B", encoded)
        {
            Note = $"{series.Length} series of {points / series.Length:#,0} points. Ours are the encoded chunks, as they are in memory and in files; the peers' are their data files after merging. Indexes on neither side.",
        }.Against("VictoriaMetrics", victoria).RatioAtMost(1));
        run.Add(new Measurement($"bytes a point, {name}", "B", encoded).Against("Prometheus", prometheus));
        run.Add(new Measurement($"bytes a point in memory, {name}", "B", held)
        {
            Note = "Chunks with their objects, the lists that find them, the ladder and the open heads, without rollups, against the same data files.",
        }.Against("VictoriaMetrics", victoria));
    }

    /// <summary>Of the encoded chunks, and of all that a series holds in memory.</summary>
    private static (double Encoded, double Held) BytesAPoint((long[] Times, double[] Values)[] all)
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { BytesMax = 4L << 30 });
        var (bytes, points) = (0L, 0L);
        for (var i = 0; i < all.Length; i++)
        {
            var series = engine.Resolve(new SeriesKey($"s{i}"));
            for (var at = 0; at < all[i].Times.Length; at += 4096)
            {
                var end = Math.Min(all[i].Times.Length, at + 4096);
                engine.Append(series, all[i].Times.AsSpan(at..end), all[i].Values.AsSpan(at..end));
                engine.RunRound();
            }
            var snapshot = series.Snapshot;
            for (var k = 0; k < snapshot.SealedCount; k++)
            {
                var chunk = (EncodedChunk)snapshot.Segment(k);
                (bytes, points) = (bytes + chunk.Encoded.Length, points + chunk.Count);
            }
        }
        return ((double)bytes / points, (double)engine.Counters.PointBytes / all.Sum(one => one.Times.Length));
    }
}
