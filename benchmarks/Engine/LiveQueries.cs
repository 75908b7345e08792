using System.Diagnostics;
using Weir.Engine;
using Weir.Engine.Queries;
using Weir.Engine.Queries.Live;
using Weir.Engine.Series;

namespace Weir.Bench.Engine;

/// <summary>
/// Queries that are kept up to date, a point a second and series: what one refresh costs, against asking anew over the same 300 steps. Both give the same values.
/// </summary>
internal static class LiveQueries
{
    private const long Second = 1_000_000_000;
    private const int Steps = 300;
    private const int Hosts = 50;
    private const int Cores = 20;

    private static readonly string[] OverAll =
    [
        "sum by (core) (rate(cpu_seconds[10s]))",
        "histogram_quantile(0.99, sum by (le) (rate(latency_bucket[10s])))",
    ];

    /// <summary>Of the series of one host.</summary>
    private static readonly string[] OverHost =
    [
        "cpu_seconds{H}", "rate(cpu_seconds{H}[10s])", "sum(rate(cpu_seconds{H}[10s]))", "sum by (core) (rate(cpu_seconds{H}[10s]))", "avg(rate(cpu_seconds{H}[30s]))",
        "max(cpu_seconds{H})", "topk(3, rate(cpu_seconds{H}[10s]))", "quantile(0.9, rate(cpu_seconds{H}[10s]))", "stddev(cpu_seconds{H})", "count(cpu_seconds{H} > 100)",
        "histogram_quantile(0.99, sum by (le) (rate(latency_bucket{H}[10s])))", "histogram_quantile(0.5, rate(latency_bucket{H}[10s]))", "avg_over_time(cpu_seconds{H}[1m])",
        "max_over_time(cpu_seconds{H}[30s])", "increase(cpu_seconds{H}[1m])", "cpu_seconds{H} - cpu_seconds{H} offset 10s", "rate(cpu_seconds{H}[10s]) / ignoring(core) group_left sum(rate(cpu_seconds{H}[10s]))",
        "abs(delta(cpu_seconds{H}[20s]))", "deriv(cpu_seconds{H}[20s])", "last_over_time(latency_bucket{H}[10s])",
    ];

    public static Task RunAsync(Run run)
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { Ahead = "365d", Rollups = null });
        var series = new List<TimeSeries>();
        for (var i = 0; i < Hosts * Cores; i++)
        {
            series.Add(engine.Resolve(new SeriesKey("cpu_seconds", new Label("host", $"h{i % Hosts}"), new Label("core", $"{i / Hosts}"))));
            var bound = i / Hosts == Cores - 1 ? "+Inf" : $"{1 << (i / Hosts)}";
            series.Add(engine.Resolve(new SeriesKey("latency_bucket", new Label("host", $"h{i % Hosts}"), new Label("le", bound))));
        }
        var second = QueryData.Start / Second;
        for (var i = 0; i < 2 * Steps; i++) Append(engine, series, ++second);

        foreach (var query in OverAll) Compare(run, engine, series, ref second, query, [query], $"{Hosts * Cores} series");
        var many = OverHost.SelectMany(query => Enumerable.Range(0, Hosts).Select(host => query.Replace("{H}", $"{{host=\"h{host}\"}}"))).ToArray();
        Compare(run, engine, series, ref second, $"{many.Length} queries, each of one host", many, $"{OverHost.Length} expressions by {Hosts} hosts of {Cores} series");
        return Task.CompletedTask;
    }

    private static void Compare(Run run, TimeSeriesEngine engine, List<TimeSeries> series, ref long second, string name, string[] queries, string of)
    {
        var live = Array.ConvertAll(queries, query => new LiveQuery(engine.Catalog, query, Second));
        var anew = new QueryEngine(engine.Catalog);
        foreach (var query in live) query.Refresh(second - Steps + 1, second);
        var (refreshes, answers) = (new List<double>(), new List<double>());
        var rounds = queries.Length == 1 ? run.Rounds * 40 : run.Rounds * 2;
        // The first half is not counted: until the compiler has done all it will.
        for (var round = -rounds; round < rounds; round++)
        {
            Append(engine, series, ++second);
            var began = Stopwatch.GetTimestamp();
            foreach (var query in live) query.Refresh(second - Steps + 1, second);
            var refreshed = Stopwatch.GetElapsedTime(began);
            // Asking all thousand anew each round would take minutes: every twentieth, another one each round.
            var asked = 0;
            began = Stopwatch.GetTimestamp();
            for (var i = queries.Length == 1 ? 0 : (round + rounds) % 19; i < queries.Length; i += 19, asked++) anew.Range(queries[i], (second - Steps + 1) * Second, second * Second, Second);
            var answered = Stopwatch.GetElapsedTime(began);
            if (round < 0) continue;
            refreshes.Add(refreshed.TotalMicroseconds / queries.Length);
            answers.Add(answered.TotalMicroseconds / asked);
        }
        for (var i = 0; i < queries.Length; i += 19) RequireSame(live[i], anew.Range(queries[i], (second - Steps + 1) * Second, second * Second, Second), second);
        run.Add(new Measurement($"refresh of {name}", "µs/query", Statistics.Median(refreshes))
        {
            Note = $"{of}, a point a second each; {Steps} steps of 1 s; one thread, interleaved, medians of {rounds} rounds. Both sides give the same values.",
        }.Against("asking anew", Statistics.Median(answers)).RatioAtMost(0.05));
    }

    private static void Append(TimeSeriesEngine engine, List<TimeSeries> series, long second)
    {
        for (var i = 0; i < series.Count; i++) engine.Append(series[i], second * Second, second % 1000 * (1 + i % 97));
        engine.RunRound();
    }

    private static void RequireSame(LiveQuery live, QueryResult anew, long second)
    {
        if (live.Error is { } error) throw error;
        foreach (var series in anew.Series)
        {
            var output = live.Outputs.Single(one => one.Labels.Equals(series.Labels));
            for (var i = 0; i < series.Times.Count; i++)
            {
                if (!output[series.Times[i] / Second].Equals(series.Values[i])) throw new InvalidOperationException($"{live.Query}: the values of {series.Labels} differ {second - series.Times[i] / Second} s before the end.");
            }
        }
    }
}
