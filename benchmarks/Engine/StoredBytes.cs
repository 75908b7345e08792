using Weir.Bench.Engine.Peers;
using Weir.Engine;
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
            var series = Enumerable.Range(0, Series).Select(i => (times, values[(i * points)..((i + 1) * points)])).ToArray();
            var ours = BytesAPoint(series);
            var (victoria, prometheus) = (await VictoriaMetrics.BytesAsync(series), await PrometheusBlocks.BytesAsync(series));
            run.Add(new Measurement($"bytes a point, {name}", "B", ours)
            {
                Note = $"{Series} series of {points:#,0} points a second apart. Ours are the sealed chunks with their summaries, in memory; the peers' are their data files after merging, without index.",
            }.Against("VictoriaMetrics", (double)victoria / points / Series).RatioAtMost(1));
            run.Add(new Measurement($"bytes a point, {name}", "B", ours).Against("Prometheus", (double)prometheus / points / Series));
        }
    }

    private static double BytesAPoint((long[] Times, double[] Values)[] all)
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
            for (var chunk = 0; chunk < snapshot.SealedCount; chunk++) (bytes, points) = (bytes + snapshot.Segment(chunk).Bytes, points + snapshot.Segment(chunk).Count);
        }
        return (double)bytes / points;
    }
}
