using Weir.Engine;
using Weir.Engine.Access;
using Weir.Engine.Queries;
using Weir.Engine.Queries.Evaluation;
using Weir.Engine.Queries.Syntax;
using Weir.Engine.Series;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Queries;

public sealed class QueryEngineTests
{
    private const long Second = Points.Second;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What is computed for all steps at once is what asking at each step gives.</summary>
    [Theory]
    [InlineData("level")]
    [InlineData("level offset 20s > 3 or other")]
    [InlineData("rate(total[1m])")]
    [InlineData("sum by (host) (rate(total[45s])) / on(host) group_right level")]
    [InlineData("topk(2, level) unless level{host=\"a\"}")]
    [InlineData("quantile(0.7, level) + stddev(level)")]
    [InlineData("quantile_over_time(0.9, level[2m]) - avg_over_time(level[2m] offset 30s)")]
    [InlineData("max_over_time(level[37s]) * scalar(count(level)) and other")]
    [InlineData("absent(level{host=\"b\"} > 2)")]
    [InlineData("level == bool other or vector(time())")]
    [InlineData("histogram_quantile(0.5, sum by (le) (rate(total[1m])))")]
    [InlineData("max_over_time(rate(total[45s])[2m:7s]) > 0 or avg_over_time((level > 2)[1m:] offset 20s)")]
    [InlineData("sum_over_time(level[1m] @ 1732190460) + level @ 1732190460.5 offset 3s")]
    [InlineData("max_over_time(min_over_time(level[50s:11s])[1m:13s])")]
    [InlineData("count_values by (host) (\"n\", level) or timestamp(other) or label_join(absent_over_time(level{host=\"b\"}[20s]), \"x\", \"\", \"host\")")]
    [InlineData("minute() * level + hour(other)")]
    [InlineData("predict_linear(level[1m], 30) + deriv(level[1m]) + changes(level[1m])")]
    public void Range_query_equals_instant_queries(string query) => Property.Holds(15, random =>
    {
        using var engine = Random(random);
        var queries = new QueryEngine(engine.Catalog);
        var (start, step) = (ManualClock.Noon + random.NextInt64(60 * Second), random.NextInt64(1, 40) * Second / random.Next(1, 3));
        var end = start + 40 * step;
        var range = queries.Range(query, start, end, step, Cancellation);
        var byLabels = range.Series.ToDictionary(series => series.Labels, series => series.Times.Zip(series.Values).ToDictionary(point => point.First, point => point.Second));
        var points = 0;
        for (var time = start; time <= end; time += step)
        {
            foreach (var series in queries.Instant(query, time, Cancellation).Series)
            {
                Assert.Equal(time, Assert.Single(series.Times));
                Assert.Equal(BitConverter.DoubleToInt64Bits(series.Values[0]), BitConverter.DoubleToInt64Bits(byLabels[series.Labels][time]));
                points++;
            }
        }
        Assert.Equal(range.Series.Sum(series => series.Values.Count), points);
    });

    [Fact]
    public void Few_steps_over_many_points_search_and_give_the_same()
    {
        using var engine = Engine();
        var series = engine.Resolve(new SeriesKey("level"));
        for (var i = 0; i < 30_000; i++) engine.Append(series, ManualClock.Noon + i * Second / 100, i % 70 == 0 ? double.NaN : i);
        engine.RunRound();
        var queries = new QueryEngine(engine.Catalog);
        // 100 steps over 30,000 points search, 10,000 read them all in order.
        foreach (var count in new[] { 100, 10_000 })
        {
            var step = 299 * Second / count;
            var result = Assert.Single(queries.Range("level", ManualClock.Noon, ManualClock.Noon + count * step, step, Cancellation).Series);
            var expected = Enumerable.Range(0, count + 1).Select(n => n * step / (Second / 100)).Where(i => i % 70 != 0).Select(i => (double)i);
            Assert.Equal(expected, result.Values);
        }
    }

    [Fact]
    public void Limits_end_a_query_and_are_named()
    {
        using var engine = Engine();
        for (var s = 0; s < 20; s++)
        {
            var series = engine.Resolve(new SeriesKey("level", new Label("n", $"{s}")));
            for (var i = 0; i < 100; i++) engine.Append(series, ManualClock.Noon + i * Second, i);
        }
        engine.RunRound();
        var end = ManualClock.Noon + 99 * Second;
        void Refused(QueryOptions options, string query, string says)
        {
            var error = Assert.ThrowsAny<ArgumentException>(() => new QueryEngine(engine.Catalog, options).Range(query, ManualClock.Noon, end, Second, Cancellation));
            Assert.Contains(says, error.Message, StringComparison.Ordinal);
        }
        new QueryEngine(engine.Catalog, new QueryOptions { SeriesMax = 20, StepsMax = 99, ValuesMax = 20 * 100, PointsMax = 20 * 100 }).Range("level", ManualClock.Noon, end, Second, Cancellation);
        Refused(new QueryOptions { SeriesMax = 19 }, "level", "1:1: The selector picks more than 19 series");
        Refused(new QueryOptions { StepsMax = 98 }, "level", "99 steps; at most 98");
        Refused(new QueryOptions { ValuesMax = 20 * 100 - 1 }, "level", "1:1: The query computes more than 1999 values");
        var raw = Assert.Throws<QueryException>(() => new QueryEngine(engine.Catalog, new QueryOptions { ValuesMax = 1999 }).Instant("level[2m]", end, Cancellation));
        Assert.Contains("more than 1999 values", raw.Message, StringComparison.Ordinal);
        Refused(new QueryOptions { PointsMax = 20 * 100 - 1 }, "level", "1:1: The query looks at more than 1999 points");
        Refused(new QueryOptions { PointsMax = 20 * 100 * 9 }, "sum(sum_over_time(level[10s]))", "The query looks at more than 18000 points");
    }

    [Fact]
    public void Query_is_cancelled_between_series()
    {
        using var engine = Random(new Random(1));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new QueryEngine(engine.Catalog).Instant("level", ManualClock.Noon + 60 * Second, cancelled.Token));
    }

    /// <summary>A selector may look at every series there is and pick none.</summary>
    [Theory]
    [InlineData("nothing")]
    [InlineData("max_over_time(nothing[5m:1m])")]
    public void Query_is_cancelled_between_series_that_it_does_not_pick(string query)
    {
        using var engine = Random(new Random(1));
        Assert.Throws<OperationCanceledException>(() => new QueryEngine(engine.Catalog).Instant(query, ManualClock.Noon, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("max_over_time(level[95y:1ms])", "1:15: The query computes more than 10000000 values")]
    [InlineData("sum(max_over_time(max_over_time(max_over_time(level[30d:1s])[30d:1s])[30d:1s]))", "The query computes more than 10000000 values")]
    [InlineData("sum_over_time(level[95y:1d] offset -95y)", null)]
    [InlineData("count_over_time((level or other)[1h:1s] @ 1732190699)", "The query looks at more than 100000000 points")]
    public void Subqueries_are_within_the_limits(string query, string? says)
    {
        using var engine = Engine();
        foreach (var name in new[] { "level", "other" })
        {
            for (var i = 0; i < 40; i++) engine.Append(engine.Resolve(new SeriesKey(name, new Label("n", $"{i}"))), ManualClock.Noon, 1);
        }
        engine.RunRound();
        var queries = new QueryEngine(engine.Catalog);
        void Ask() => queries.Range(query, ManualClock.Noon, ManualClock.Noon + 10_000 * Second, Second, Cancellation);
        if (says is null) Ask();
        else Assert.Contains(says, Assert.Throws<QueryException>(Ask).Message, StringComparison.Ordinal);
    }

    /// <summary>A regular expression may take milliseconds a label: there is no number of series after which it would be soon enough to look.</summary>
    [Fact]
    public void Query_is_cancelled_before_each_label_that_it_looks_at()
    {
        using var engine = Random(new Random(1));
        using var cancelled = new CancellationTokenSource();
        var context = new QueryContext("level", engine.Catalog.ReadableBy(AccessScope.Everything), new QueryOptions(), 0, 0, cancelled.Token);
        using var selected = context.Selected([LabelMatcher.Create(LabelMatcher.Name, false, "level", true)], 0).GetEnumerator();
        Assert.True(selected.MoveNext());
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => selected.MoveNext());
    }

    /// <summary>A query that is one aggregation over many steps looks after each whether it may go on.</summary>
    [Theory]
    [InlineData("sum(level)")]
    [InlineData("topk(2, level)")]
    [InlineData("count_values(\"v\", level)")]
    [InlineData("quantile(0.5, level)")]
    [InlineData("histogram_quantile(0.5, level)")]
    public void Aggregation_ends_within_a_step(string query)
    {
        const int seriesCount = 20, points = 10, stepCount = 1000;
        using var engine = Engine();
        for (var i = 0; i < seriesCount; i++)
        {
            var series = engine.Resolve(new SeriesKey("level", new Label("le", $"{i}")));
            for (var n = 0; n < points; n++) engine.Append(series, ManualClock.Noon + n, i);
        }
        engine.RunRound();
        var steps = Enumerable.Range(0, stepCount).Select(i => ManualClock.Noon + points + i).ToArray();
        // So many that the series can be read, and a few steps of the aggregation.
        var options = new QueryOptions { PointsMax = seriesCount * points + 3 * seriesCount };
        var context = new QueryContext(query, engine.Catalog.ReadableBy(AccessScope.Everything), options, steps[0], steps[^1], Cancellation);
        Assert.Throws<QueryException>(() => new Evaluator(context, steps).Vector(Parser.Parse(query)));
        Assert.InRange(context.Cost.Points, options.PointsMax + 1, options.PointsMax + seriesCount);
    }

    /// <summary>Labels may be made of labels: without a limit a query of a few hundred characters asks for gigabytes.</summary>
    [Fact]
    public void Labels_that_a_query_makes_are_within_the_limits()
    {
        using var engine = Engine();
        for (var i = 0; i < 100; i++) engine.Append(engine.Resolve(new SeriesKey("level", new Label("n", $"{i:00}"))), ManualClock.Noon, 1);
        engine.RunRound();
        string Error(string query, long valuesMax = 10_000) =>
            Assert.Throws<QueryException>(() => new QueryEngine(engine.Catalog, new QueryOptions { ValuesMax = valuesMax }).Instant(query, ManualClock.Noon, Cancellation)).Message;
        string Replaced(int times, string of = "level") => $"label_replace({of}, \"n\", \"{string.Concat(Enumerable.Repeat("${1}", times))}\", \"n\", \"(.*)\")";
        string Joined(int times) => $"label_join(level, \"n\", \"\"{string.Concat(Enumerable.Repeat(", \"n\"", times))})";

        const string says = "1:1: A label of 1026 characters would be made; at most 1024 are allowed.";
        Assert.Equal(says, Error(Replaced(513)));
        Assert.Equal(says, Error(Joined(513)));
        Assert.Equal(says, Error(Replaced(27, Replaced(19))));
        // 100 values, as many for those with the new label, and eight bytes each for 1,024 characters of two.
        foreach (var query in (string[])[Replaced(512), Joined(512)])
        {
            Assert.Equal(1024, new QueryEngine(engine.Catalog, new QueryOptions { ValuesMax = 200 + 100 * 256 }).Instant(query, ManualClock.Noon, Cancellation).Series[0].Labels["n"].Length);
            Assert.Contains("computes more than 25799 values", Error(query, 200 + 100 * 256 - 1), StringComparison.Ordinal);
        }
    }

    /// <summary>Whatever can be read is computed or refused with a place in the query, within limits that end every query in milliseconds.</summary>
    [Fact]
    public void Any_query_is_answered_or_refused()
    {
        var (answered, refused) = (0, 0);
        Property.Holds(20, random =>
        {
            using var engine = Random(random);
            var queries = new QueryEngine(engine.Catalog, new QueryOptions { PointsMax = 100_000, ValuesMax = 10_000 });
            foreach (var golden in QueryTexts.Golden)
            {
                var query = random.Next(8) == 0 ? QueryTexts.Pieced(random) : QueryTexts.Mangled(random, WithNamesThatAreThere(random, golden));
                var time = random.Next(20) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : ManualClock.Noon + random.NextInt64(600 * Second);
                try
                {
                    if (random.Next(2) == 0) queries.Instant(query, time, Cancellation);
                    else queries.Range(query, time, Math.Max(time, time + random.Next(40) * Second), Second, Cancellation);
                    answered++;
                }
                catch (QueryException e)
                {
                    Assert.InRange(e.Position, 0, query.Length);
                    refused++;
                }
                catch (Exception e) when (e is not Xunit.Sdk.XunitException)
                {
                    Assert.Fail($"'{query}' at {time}: {e}");
                }
            }
        });
        // A seed alone may answer all or nothing; all of them do both.
        if (Environment.GetEnvironmentVariable("WEIR_SEED") is null) Assert.True(answered > 500 && refused > 500, $"{answered} answered, {refused} refused");
    }

    private static string WithNamesThatAreThere(Random random, string query) =>
        System.Text.RegularExpressions.Regex.Replace(query, @"\b(cpu|requests|steady|moving|a|b|path|one|two|h_bucket|errors|info)\b(?=[ \[{)*+/]|$)", _ => random.Next(3) switch { 0 => "level", 1 => "other", _ => "total" });

    [Fact]
    public void Times_at_the_ends_of_what_there_is_do_not_overflow()
    {
        using var engine = Random(new Random(1));
        var queries = new QueryEngine(engine.Catalog);
        Assert.Empty(queries.Instant("rate(level[90y] offset 95y)", long.MinValue, Cancellation).Series);
        Assert.Empty(queries.Instant("rate(level[1m] offset -95y)", long.MaxValue, Cancellation).Series);
        Assert.Empty(queries.Instant("sum_over_time(level[95y:1d] offset 95y)", long.MinValue, Cancellation).Series);
        Assert.Empty(queries.Instant("sum_over_time(level[1m:7s] offset -95y)", long.MaxValue, Cancellation).Series);
        Assert.Empty(queries.Instant("sum_over_time(level[1m:7s] @ -9.2e9 offset 95y)", 0, Cancellation).Series);
        Assert.Empty(queries.Range("level", long.MaxValue - 5, long.MaxValue, 5, Cancellation).Series);
        Assert.Throws<ArgumentException>(() => queries.Range("level", 0, -1, 1, Cancellation));
        Assert.Throws<ArgumentException>(() => queries.Range("level", 0, 1, 0, Cancellation));
    }

    private static TimeSeriesEngine Engine() => new(time: new ManualClock(ManualClock.Noon + 86_400 * Second));

    private static TimeSeriesEngine Random(Random random)
    {
        var engine = Engine();
        foreach (var host in new[] { "a", "b", "c" })
        {
            var (level, other) = (engine.Resolve(new SeriesKey("level", new Label("host", host))), engine.Resolve(new SeriesKey("other", new Label("host", host))));
            var total = new[] { "1", "5", "+Inf" }.Select(le => engine.Resolve(new SeriesKey("total", new Label("host", host), new Label("le", le)))).ToArray();
            var (time, sum) = (ManualClock.Noon, 0.0);
            for (var i = random.Next(150); i > 0; i--)
            {
                time += random.NextInt64(1, random.Next(20) == 0 ? 400 * Second : 20 * Second);
                engine.Append(level, time, random.Next(12) == 0 ? double.NaN : random.Next(7));
                if (random.Next(3) == 0) engine.Append(other, time, random.Next(7));
                sum = random.Next(20) == 0 ? 0 : sum + random.Next(10);
                foreach (var (n, bucket) in total.Index()) engine.Append(bucket, time, sum * (n + 1));
            }
        }
        engine.RunRound();
        return engine;
    }
}
