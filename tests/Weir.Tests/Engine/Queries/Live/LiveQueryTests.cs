using Weir.Bench.Engine;
using Weir.Engine;
using Weir.Engine.Queries;
using Weir.Engine.Queries.Live;
using Weir.Engine.Series;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Queries.Live;

public sealed class LiveQueryTests
{
    private const long Second = Points.Second;
    private const long Start = 1_767_226_000 * Second;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Whatever came late, twice or out of order, whichever series are new and whichever points are gone: it holds what asking anew gives.</summary>
    [Fact]
    public void Equals_the_query_over_the_same_steps_at_any_time() => Property.Holds(150, random =>
    {
        using var engine = Engine();
        var source = new RandomQueries(random);
        var now = Start + random.NextInt64(1800 * Second);
        var watched = Enumerable.Range(0, 8).Select(_ => new Watched(engine, source.Next(), random)).ToList();
        // Many points make a series evict its oldest chunks.
        var size = random.Next(8) == 0 ? 2500 : 6;
        for (var round = 0; round < 14; round++)
        {
            now += random.NextInt64(random.Next(6) == 0 ? 600 * Second : 30 * Second);
            Append(engine, random, now, size);
            engine.RunRound();
            foreach (var query in watched) query.RefreshAndCompare(now, random);
        }
    });

    [Fact]
    public void Evaluates_only_steps_that_are_new_or_changed()
    {
        using var engine = Engine();
        var cpu = engine.Resolve(new SeriesKey("cpu"));
        var live = new LiveQuery(engine.Catalog, "sum_over_time(cpu[3s])", Second);
        var first = Start / Second;
        for (var i = 0; i < 100; i++) engine.Append(cpu, Start + i * Second, 1);
        engine.RunRound();
        Assert.Equal(first, live.Refresh(first, first + 99, Cancellation));
        Assert.Equal(100, live.StepsEvaluated);

        Assert.Null(live.Refresh(first, first + 99, Cancellation));
        Assert.Equal(100, live.StepsEvaluated);

        engine.Append(cpu, Start + 100 * Second, 5);
        engine.RunRound();
        Assert.Equal(first + 100, live.Refresh(first + 1, first + 100, Cancellation));
        Assert.Equal(101, live.StepsEvaluated);
        Assert.Equal(7, live.Outputs[0][first + 100]);
        Assert.False(live.Outputs[0].TryGetValue(first, out _));

        // The newest step is provisional: its points may still come.
        Assert.Equal(first + 101, live.Refresh(first + 2, first + 101, Cancellation));
        engine.Append(cpu, Start + 100 * Second + Second / 2, 10);
        engine.RunRound();
        Assert.Equal(first + 101, live.Refresh(first + 2, first + 101, Cancellation));
        Assert.Equal(103, live.StepsEvaluated);
        Assert.Equal(16, live.Outputs[0][first + 101]);

        // A late point reaches from where it lies.
        engine.Append(cpu, Start + 90 * Second, 100);
        engine.RunRound();
        Assert.Equal(first + 90, live.Refresh(first + 2, first + 101, Cancellation));
        Assert.Equal(103 + 12, live.StepsEvaluated);
    }

    [Fact]
    public void New_series_appear_as_outputs_with_numbers_of_their_own()
    {
        using var engine = Engine();
        var first = Start / Second;
        var live = new LiveQuery(engine.Catalog, "cpu", Second);
        Assert.Equal(first, live.Refresh(first, first + 9, Cancellation));
        Assert.Empty(live.Outputs);
        engine.Append(engine.Resolve(new SeriesKey("cpu", new Label("core", "0"))), Start + 5 * Second, 1);
        engine.RunRound();
        Assert.Equal(first + 5, live.Refresh(first, first + 9, Cancellation));
        engine.Append(engine.Resolve(new SeriesKey("cpu", new Label("core", "1"))), Start + 600 * Second, 2);
        engine.RunRound();
        live.Refresh(first + 100, first + 601, Cancellation);
        Assert.Equal([0, 1], live.Outputs.Select(output => output.Number));
        // The first has no value any more, and its number is not used again.
        live.Refresh(first + 500, first + 602, Cancellation);
        Assert.Equal([1], live.Outputs.Select(output => output.Number));
        Assert.Equal("1", live.Outputs[0].Labels["core"]);
    }

    [Fact]
    public void Errors_are_told_and_not_thrown()
    {
        using var engine = Engine();
        var unreadable = new LiveQuery(engine.Catalog, "sum(cpu", Second);
        Assert.Equal(7, unreadable.Error!.Position);
        Assert.Null(unreadable.Refresh(0, 1, Cancellation));
        Assert.Contains("scalar or a vector", new LiveQuery(engine.Catalog, "cpu[5m]", Second).Error!.Message, StringComparison.Ordinal);

        // Two series that match one: an error while both are there.
        foreach (var core in new[] { "0", "1" }) engine.Append(engine.Resolve(new SeriesKey("cpu", new Label("core", core))), Start, 1);
        engine.Append(engine.Resolve(new SeriesKey("load")), Start, 1);
        engine.RunRound();
        var (live, first) = (new LiveQuery(engine.Catalog, "load / on() cpu", Second), Start / Second);
        Assert.Null(live.Refresh(first, first + 10, Cancellation));
        Assert.Contains("Several series", live.Error!.Message, StringComparison.Ordinal);
        Assert.Empty(live.Outputs);
        Assert.Equal(first + 300, live.Refresh(first + 300, first + 310, Cancellation));
        Assert.Null(live.Error);
    }

    [Fact]
    public void Limits_hold()
    {
        using var engine = Engine();
        for (var core = 0; core < 4; core++) engine.Append(engine.Resolve(new SeriesKey("cpu", new Label("core", $"{core}"))), Start, core);
        engine.RunRound();
        var first = Start / Second;
        LiveQuery Refreshed(QueryOptions options)
        {
            var live = new LiveQuery(engine.Catalog, "cpu", Second, options);
            live.Refresh(first, first + 15, Cancellation);
            return live;
        }
        Assert.Equal(4, Refreshed(new QueryOptions { SeriesMax = 4, ValuesMax = 64, StepsMax = 15 }).Outputs.Count);
        Assert.Contains("more than 3 series", Refreshed(new QueryOptions { SeriesMax = 3 }).Error!.Message, StringComparison.Ordinal);
        Assert.Contains("more than 63 values", Refreshed(new QueryOptions { ValuesMax = 63 }).Error!.Message, StringComparison.Ordinal);
        Assert.Contains("1 to 15 steps", Assert.Throws<ArgumentOutOfRangeException>(() => Refreshed(new QueryOptions { StepsMax = 14 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LiveQuery(engine.Catalog, "cpu", Second).Refresh(5, 4, Cancellation));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LiveQuery(engine.Catalog, "cpu", Second).Refresh(long.MaxValue - 1, long.MaxValue, Cancellation));
    }

    [Fact]
    public void Cancelled_refresh_leaves_nothing_half_done()
    {
        using var engine = Engine();
        engine.Append(engine.Resolve(new SeriesKey("cpu")), Start, 1);
        engine.RunRound();
        var (live, first) = (new LiveQuery(engine.Catalog, "sum(cpu)", Second), Start / Second);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => live.Refresh(first, first + 1, cancelled.Token));
        Assert.Empty(live.Outputs);
        Assert.Equal(first, live.Refresh(first, first + 1, Cancellation));
        Assert.Equal(1, live.Outputs[0][first + 1]);
    }

    private static TimeSeriesEngine Engine() => new(time: new ManualClock(Start + 86_400 * Second));

    private static void Append(TimeSeriesEngine engine, Random random, long now, int size)
    {
        string OneOf(params string[] texts) => texts[random.Next(texts.Length)];
        for (var n = random.Next(12); n > 0; n--)
        {
            var labels = new List<Label> { new("host", OneOf("a", "b", "c")) };
            if (random.Next(2) == 0) labels.Add(new("zone", OneOf("east", "west")));
            if (random.Next(4) == 0) labels.Add(new("code", OneOf("200", "500")));
            var name = OneOf("level", "level", "load", "info", "wild", "weight", "requests", "hits", "latency_bucket");
            if (name == "latency_bucket") labels.Add(new("le", OneOf("1", "5", "+Inf")));
            var series = engine.Resolve(new SeriesKey(name, [.. labels]));
            series.MaxPoints = 1000;
            for (var points = random.Next(size); points > 0; points--)
            {
                // In order most of the time; late, twice and ahead of time now and then.
                var time = random.Next(5) switch
                {
                    0 => now - random.NextInt64(90 * Second),
                    1 => now - random.NextInt64(9) * 5 * Second,
                    2 when random.Next(10) == 0 => now + random.NextInt64(100 * Second),
                    _ => now - points * Second / 50,
                };
                engine.Append(series, time, random.Next(12) == 0 ? double.NaN : random.Next(40) / 4.0);
            }
        }
    }

    private sealed class Watched(TimeSeriesEngine engine, string query, Random random)
    {
        private readonly long _step = new[] { 1, 5, 15, 60 }[random.Next(4)] * Second;
        private readonly int _length = random.Next(1, 30);
        private readonly QueryEngine _queries = new(engine.Catalog);
        private Dictionary<(QueryLabels, long), long> _before = [];
        private (long From, long To) _held = (0, -1);
        private LiveQuery? _live;

        public void RefreshAndCompare(long now, Random random)
        {
            _live ??= new LiveQuery(engine.Catalog, query, _step);
            if (random.Next(4) == 0) return;
            var to = now / _step + (random.Next(4) == 0 ? random.Next(-3, 4) : 0);
            var from = to - (random.Next(6) == 0 ? random.Next(50) : _length);
            var changed = _live.Refresh(from, to, Cancellation);
            QueryResult expected;
            try
            {
                expected = _queries.Range(query, from * _step, to * _step, _step, Cancellation);
            }
            catch (QueryException e)
            {
                Assert.True(_live.Error is not null, $"{query}: {e.Message}");
                (_before, _held) = ([], (0, -1));
                return;
            }
            Assert.True(_live.Error is null, $"{query}: {_live.Error?.Message}");
            var values = expected.Series.SelectMany(series => series.Times.Zip(series.Values, (time, value) => (Key: (series.Labels, time / _step), Bits: BitConverter.DoubleToInt64Bits(value))))
                .ToDictionary(point => point.Key, point => point.Bits);
            var held = new Dictionary<(QueryLabels, long), long>();
            foreach (var output in _live.Outputs)
            {
                for (var step = from - 1; step <= to + 1; step++)
                {
                    if (output.TryGetValue(step, out var value)) held.Add((output.Labels, step), BitConverter.DoubleToInt64Bits(value));
                }
            }
            foreach (var (key, bits) in values) Assert.True(held.TryGetValue(key, out var has) && has == bits, $"{query} by {_step}: {key} of {from} to {to}");
            Assert.Equal(values.Count, held.Count);

            // Nothing before the step it told has changed.
            for (var step = from; step <= to && step < (changed ?? long.MaxValue); step++)
            {
                Assert.True(step >= _held.From && step <= _held.To, $"{query}: step {step} is new");
                foreach (var labels in _live.Outputs.Select(output => output.Labels)) Assert.Equal(_before.GetValueOrDefault((labels, step)), held.GetValueOrDefault((labels, step)));
            }
            (_before, _held) = (held, (from, to));
        }
    }
}
