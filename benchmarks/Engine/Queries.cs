using System.Globalization;
using Weir.Bench.Engine.Peers;
using Weir.Engine;
using Weir.Engine.Queries;

namespace Weir.Bench.Engine;

/// <summary>Random expressions over random series, answered by the engine and by Prometheus. <c>WEIR_SEED</c> repeats a run.</summary>
internal static class Queries
{
    private const long Second = 1_000_000_000;

    public static async Task RunAsync(Run run)
    {
        await DebianPackages.RequireAsync(PrometheusBlocks.Package);
        var seed = Environment.GetEnvironmentVariable("WEIR_SEED") is { } chosen ? int.Parse(chosen, CultureInfo.InvariantCulture) : Random.Shared.Next(1_000_000);
        var series = QueryData.Random(new Random(seed)).ToList();
        using var engine = new TimeSeriesEngine(new EngineOptions { Ahead = "365d", Rollups = null });
        foreach (var (key, times, values) in series) engine.Append(engine.Resolve(key), times, values);
        engine.RunRound();
        if (series.Exists(one => engine.Resolve(one.Key).Snapshot.Count != one.Times.Length)) throw new InvalidOperationException("The engine does not hold all points.");
        var queries = new QueryEngine(engine.Catalog);
        await using var prometheus = await Prometheus.StartAsync();
        await prometheus.WriteAsync(series);

        var random = new Random(seed);
        var expressions = new RandomQueries(random);
        var count = run.IsQuick ? 1000 : 10_000;
        var (agreed, empty, refused, compared) = (0, 0, 0, 0L);
        for (var i = 0; i < count; i++)
        {
            var query = expressions.Next();
            // At half seconds, beside all points and all steps of subqueries.
            var (start, step) = (QueryData.Start + random.Next(5400) * Second + Second / 2, random.Next(1, 120) * Second);
            var isInstant = random.Next(3) == 0;
            var end = isInstant ? start : start + random.Next(1, 40) * step;
            var (ours, theirs) = isInstant
                ? (await AnswerAsync(() => Task.FromResult(queries.Instant(query, start))), await AnswerAsync(() => prometheus.Queries.InstantAsync(query, start)))
                : (await AnswerAsync(() => Task.FromResult(queries.Range(query, start, end, step))), await AnswerAsync(() => prometheus.Queries.RangeAsync(query, start, end, step)));
            var difference = QueryDifference.Find(ours, theirs, isOrdered: isInstant && query.StartsWith("sort", StringComparison.Ordinal));
            if (difference is null) agreed++;
            else Run.Say($"  seed {seed}, expression {i}: {query}\n    at {(start - QueryData.Start) / 1e9}s to {(end - QueryData.Start) / 1e9}s step {step / 1e9}s: {difference}");
            if (theirs.Result is null) refused++;
            else if (theirs.Result.Series.Count == 0) empty++;
            else compared += theirs.Result.Series.Sum(one => one.Values.Count);
        }
        Run.Say($"  seed {seed}: {compared:#,0} values compared, {empty:#,0} results empty, {refused:#,0} expressions refused by both");
        run.Add(new Measurement($"of {count:#,0} random expressions, answered otherwise by Prometheus 2.42", "expressions", count - agreed)
        {
            Note = $"Seed {seed}; a third at an instant, the others over up to 40 steps; {compared:#,0} values compared to 11 digits; {empty:#,0} results are empty on both sides, {refused:#,0} expressions match series that do not fit and are refused by both.",
        }.AtMost(0));
    }

    private static async Task<(QueryResult? Result, string? Error)> AnswerAsync(Func<Task<QueryResult>> ask)
    {
        try
        {
            return (await ask(), null);
        }
        // One that cannot be read is none of the language: a mistake of RandomQueries or of the parser.
        catch (QueryException e) when (e.IsExecution)
        {
            return (null, e.Message);
        }
    }
}
