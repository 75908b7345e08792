using System.Diagnostics;
using Weir.Bench.Engine.Peers;
using Weir.Engine;
using Weir.Engine.Series;
using Weir.Server.Hosting;
using Weir.Visuals.Dashboards;

namespace Weir.Bench.Engine;

/// <summary>What dashboards usually ask, over HTTP on the loopback on both sides: the same series, steps and answers.</summary>
internal static class QueryTimes
{
    private const long Second = 1_000_000_000;
    private const long Scrape = 15 * Second;
    private const int Scrapes = 1440;

    private static readonly string[] Usual =
    [
        "requests{host=\"h7\"}",
        "rate(requests{host=\"h7\"}[5m])",
        "sum by (code) (rate(requests[5m]))",
        "topk(5, sum by (host) (rate(requests[5m])))",
        "histogram_quantile(0.99, sum by (le) (rate(latency_bucket[5m])))",
    ];

    public static async Task RunAsync(Run run)
    {
        await DebianPackages.RequireAsync(PrometheusBlocks.Package);
        var series = Fleet(new Random(1)).ToList();
        using var engine = new TimeSeriesEngine(new EngineOptions { Ahead = "365d", Rollups = null });
        foreach (var (key, times, values) in series)
        {
            engine.Append(engine.Resolve(key), times, values);
            engine.RunRound();
        }
        await using var server = await WeirServer.StartAsync(engine, new DashboardCatalog(), new ServerOptions { Port = 0 });
        using var http = new HttpClient { BaseAddress = server.Url };
        var ours = new QueryClient(http);
        await using var prometheus = await Prometheus.StartAsync();
        await prometheus.WriteAsync(series);

        // The last three hours of six, a step every half minute: 361 steps. Half a second beside the points, where both count the same ones.
        var (start, end, step) = (QueryData.Start + 3 * 3600 * Second + Second / 2, QueryData.Start + 6 * 3600 * Second + Second / 2, 30 * Second);
        // Not counted: code is compiled well only after it has run a while, and the answering is the same code for all.
        foreach (var query in Usual)
        {
            for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began).TotalSeconds < 3;) await TimeAsync(ours, query);
        }
        foreach (var query in Usual)
        {
            var difference = QueryDifference.Find((await ours.RangeAsync(query, start, end, step), null), (await prometheus.Queries.RangeAsync(query, start, end, step), null), isOrdered: false);
            if (difference is not null) throw new InvalidOperationException($"{query}: {difference}");
            var (ourTimes, theirTimes) = (new List<double>(), new List<double>());
            for (var round = 0; round < run.Rounds * 20; round++)
            {
                ourTimes.Add(await TimeAsync(ours, query));
                theirTimes.Add(await TimeAsync(prometheus.Queries, query));
            }
            run.Add(new Measurement(query, "ms", Statistics.Median(ourTimes))
            {
                Note = $"query_range over HTTP on the loopback, one after the other, 361 steps of 30 s, {series.Count} series of {Scrapes} points, equal answers; interleaved, medians of {ourTimes.Count}.",
            }.Against("Prometheus 2.42", Statistics.Median(theirTimes)));
        }

        async Task<double> TimeAsync(QueryClient client, string query)
        {
            var began = Stopwatch.GetTimestamp();
            await client.RangeBytesAsync(query, start, end, step);
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
    }

    /// <summary>A hundred hosts that count requests by code, and twenty of them latencies in twelve buckets.</summary>
    private static IEnumerable<(SeriesKey Key, long[] Times, double[] Values)> Fleet(Random random)
    {
        var times = Enumerable.Range(0, Scrapes).Select(i => QueryData.Start + i * Scrape + Second / 4).ToArray();
        for (var host = 0; host < 100; host++)
        {
            foreach (var code in new[] { "200", "301", "404", "500" })
            {
                var count = 1e6;
                yield return (new SeriesKey("requests", new Label("host", $"h{host}"), new Label("code", code)), times, [.. times.Select(_ => count += random.NextDouble() * 100)]);
            }
            if (host >= 20) continue;
            var buckets = new double[12][];
            for (var bound = 0; bound < buckets.Length; bound++)
            {
                var (count, below) = (1e5, bound == 0 ? null : buckets[bound - 1]);
                buckets[bound] = [.. times.Select((_, i) => (count += random.Next(10)) + (below?[i] ?? 0))];
                var le = bound == buckets.Length - 1 ? "+Inf" : $"{0.001 * (1 << bound)}";
                yield return (new SeriesKey("latency_bucket", new Label("host", $"h{host}"), new Label("le", le)), times, buckets[bound]);
            }
        }
    }
}
