using Weir.Engine;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Engine.Windows;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Windows;

/// <summary>Streaming equals batch: windows kept point by point hold what computing them anew would give.</summary>
public sealed class WindowedSeriesTests
{
    private const long Lateness = 5 * Points.Second;

    public static TheoryData<string, string> Windows => new(
        from aggregation in (string[])["sum", "avg", "min", "max", "count", "rate", "first", "last", "delta", "stddev", "p50", "p99.9", "distinct"]
        from window in (string[])["tumbling", "hopping", "sliding"]
        select (aggregation, window));

    [Theory]
    [MemberData(nameof(Windows))]
    public void Windows_equal_batch_when_points_come_late_and_twice(string aggregation, string kind) => Property.Holds(8, random =>
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"));
        // Half of the cases on a grid, so that points fall on the very beginnings of windows.
        var grid = random.Next(2) == 0 ? 1 : Points.Second / 20;
        var spec = Spec(random, kind, aggregation, grid);
        TimeSeries? windows = null;
        var joins = random.Next(6);
        var newest = ManualClock.Noon;
        for (var round = 0; round < 25; round++)
        {
            if (round == joins) windows = engine.Window(source, spec);
            Send(engine, source, random, ref newest, grid);
            engine.RunRound();
            // The batch takes its time: not after every round, and always after the last.
            if (windows is not null && (round == 24 || random.Next(3) == 0)) AssertEqualBatch(source, windows, spec);
        }
    });

    /// <summary>A slide of the window by any ratio, from tumbling to the most panes there may be.</summary>
    private static WindowSpec Spec(Random random, string kind, string aggregation, long grid)
    {
        var (parsed, quantile) = Aggregations.ParseWithQuantile(aggregation);
        var length = random.NextInt64(1, 3 * Points.Second / grid) * grid;
        if (kind == "sliding") return WindowSpec.Sliding(Duration.FromNanoseconds(length), parsed, quantile);
        // Tumbling windows of up to four minutes too, which are cut into panes.
        if (kind == "tumbling") return WindowSpec.Tumbling(Duration.FromNanoseconds(random.Next(3) == 0 ? length * 80 : length), parsed, quantile);
        var pane = random.NextInt64(1, Points.Second / 2 / grid) * grid;
        var slide = random.NextInt64(1, 8);
        var panes = slide + random.NextInt64(random.Next(4) == 0 ? 200 : 10);
        return WindowSpec.Hopping(Duration.FromNanoseconds(panes * pane), Duration.FromNanoseconds(slide * pane), parsed, quantile);
    }

    [Fact]
    public void Windows_over_windows_equal_batch_when_points_come_late() => Property.Holds(25, random =>
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"));
        var (inner, outer) = (random.NextInt64(1, 4 * Points.Second), random.NextInt64(1, 4 * Points.Second));
        var sums = engine.Window(source, Duration.FromNanoseconds(inner), Aggregation.Sum);
        var outerSpec = WindowSpec.Hopping(Duration.FromNanoseconds(5 * outer), Duration.FromNanoseconds(outer), Aggregation.Rate);
        var rates = engine.Window(sums, outerSpec);
        var newest = ManualClock.Noon;
        for (var round = 0; round < 40; round++)
        {
            Send(engine, source, random, ref newest);
            engine.RunRound();
            AssertEqualBatch(source, sums, WindowSpec.Tumbling(Duration.FromNanoseconds(inner), Aggregation.Sum));
            AssertEqualBatch(sums, rates, outerSpec);
        }
    });

    [Fact]
    public void Window_is_provisional_until_no_point_it_could_hold_is_taken_any_more()
    {
        // Points ahead of the clock make nothing final, so the clock stands past all of them.
        using var engine = Engine(ManualClock.Noon + 3000 * Points.Second);
        var source = engine.Resolve(new SeriesKey("s"));
        var sums = engine.Window(source, WindowSpec.Parse("4s/2s", "sum"));
        var noon = ManualClock.Noon;
        Assert.Equal(long.MinValue, engine.FinalBefore(sums));
        void Send(long seconds)
        {
            engine.Append(source, noon + seconds * Points.Second, 1);
            engine.RunRound();
        }
        Send(1);
        Send(8);
        // Points from 3 s on are still taken, so the slide from 2 s to 4 s is open.
        Assert.Equal(noon + 3 * Points.Second, engine.FinalBefore(source));
        Assert.Equal(noon + 2 * Points.Second, engine.FinalBefore(sums));
        var version = sums.Snapshot.Version;
        Send(3);
        Points.AssertSame(Points.Of((noon, 1), (noon + 2 * Points.Second, 2), (noon + 4 * Points.Second, 1), (noon + 8 * Points.Second, 1)), Points.In(sums.Snapshot));
        // Viewers learn from the correction where to read again.
        Assert.Equal(noon + 2 * Points.Second, sums.Snapshot.CorrectedSince(version));
        Send(2);
        Assert.Equal(1, engine.Counters.RefusedLate);
        Send(9);
        Assert.Equal(noon + 4 * Points.Second, engine.FinalBefore(sums));
    }

    [Fact]
    public void Final_points_never_change() => Property.Holds(40, random =>
    {
        // Points ahead of the clock make nothing final, so the clock stands past all of them.
        using var engine = Engine(ManualClock.Noon + 3000 * Points.Second);
        var source = engine.Resolve(new SeriesKey("s"));
        var kind = random.Next(3) switch { 0 => "tumbling", 1 => "hopping", _ => "sliding" };
        var inner = engine.Window(source, Spec(random, kind, "rate", 1));
        var outer = engine.Window(inner, Spec(random, "hopping", "max", 1));
        var newest = ManualClock.Noon;
        var (before, final) = (new[] { Points.None, Points.None }, new[] { long.MinValue, long.MinValue });
        for (var round = 0; round < 30; round++)
        {
            Send(engine, source, random, ref newest);
            engine.RunRound();
            foreach (var (i, windows) in new[] { inner, outer }.Index())
            {
                Points.AssertSame(before[i], Points.In(windows.Snapshot, long.MinValue, final[i]), kind);
                final[i] = engine.FinalBefore(windows);
                before[i] = Points.In(windows.Snapshot, long.MinValue, final[i]);
            }
        }
        Assert.NotEmpty(before[0].Times);
        Assert.NotEmpty(before[1].Times);
    });

    /// <summary>Panes of a nanosecond: far more lie within the lateness than are held, so late points read the source again.</summary>
    [Theory]
    [InlineData("sum")]
    [InlineData("max")]
    [InlineData("rate")]
    public void Windows_equal_batch_when_a_late_point_lies_before_the_panes_that_are_held(string aggregation) => Property.Holds(4, random =>
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"));
        var spec = WindowSpec.Parse("40ns/1ns", aggregation);
        var windows = engine.Window(source, spec);
        var time = ManualClock.Noon;
        for (var i = 0; i < 3 * PaneWindow.HeldMax; i++) engine.Append(source, time += random.NextInt64(1, 3), random.Next(100));
        engine.RunRound();
        engine.Append(source, ManualClock.Noon + random.NextInt64(PaneWindow.HeldMax), 1000);
        engine.RunRound();
        engine.Append(source, time - random.NextInt64(PaneWindow.HeldMax), 1000);
        engine.RunRound();
        AssertEqualBatch(source, windows, spec);
    });

    [Theory]
    [MemberData(nameof(Windows))]
    public void Windows_equal_batch_around_the_epoch_and_from_the_beginning_of_time_on(string aggregation, string kind) => Property.Holds(2, random =>
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"));
        var spec = Spec(random, kind, aggregation, 1);
        var windows = engine.Window(source, spec);
        long[] early = [long.MinValue + 1, long.MinValue + spec.Length.Nanoseconds, long.MinValue + 3 * spec.Length.Nanoseconds];
        foreach (var time in early) engine.Append(source, time, 5);
        engine.RunRound();
        AssertEqualBatch(source, windows, spec);
        var newest = -20 * Points.Second;
        for (var round = 0; round < 6; round++)
        {
            Send(engine, source, random, ref newest);
            engine.RunRound();
        }
        AssertEqualBatch(source, windows, spec);
        Assert.InRange(windows.Snapshot.FirstTime, early[2] - spec.Length.Nanoseconds, early[2]);
    });

    [Fact]
    public void Window_is_one_series_whichever_way_its_quantile_is_written()
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"));
        var named = engine.Window(source, WindowSpec.Tumbling("1s", Aggregation.P99));
        Assert.Same(named, engine.Window(source, WindowSpec.Tumbling("1s", Aggregation.Quantile, 0.99)));
        engine.Append(source, ManualClock.Noon, 1);
        engine.RunRound();
        // Told once: two windows over one series would tell every point twice, the second time as a correction.
        Assert.Equal((1, 1), (engine.WindowCount, named.Snapshot.Version));
    }

    [Fact]
    public void Counters_speak_of_sent_points_and_not_of_windows()
    {
        using var engine = Engine(ManualClock.Noon + 100 * Points.Second);
        var source = engine.Resolve(new SeriesKey("s"));
        var inner = engine.Window(source, "10s", Aggregation.Sum);
        engine.Window(inner, "1s", Aggregation.Sum);
        for (var i = 0; i < 100; i++)
        {
            engine.Append(source, ManualClock.Noon + i * Points.Second, i);
            engine.Append(source, ManualClock.Noon + i * Points.Second - 4 * Points.Second, i);
            engine.RunRound();
        }
        Assert.Equal(200, engine.Counters.Appended);
        Assert.Equal(0, engine.Counters.RefusedLate);
    }

    [Fact]
    public void Window_shows_history_when_its_source_is_silent()
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"));
        engine.Append(source, ManualClock.Noon, 1);
        engine.Append(source, ManualClock.Noon + 1, 2);
        engine.RunRound();
        var sums = engine.Window(source, "1s", Aggregation.Sum);
        engine.RunRound();
        Points.AssertSame(Points.Of((ManualClock.Noon, 3)), Points.In(sums.Snapshot));
    }

    [Fact]
    public void Window_asked_for_twice_is_one_series()
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("cpu", new Label("core", "1")));
        var window = engine.Window(source, "1m", Aggregation.Avg);
        Assert.Same(window, engine.Window(source, "60s", Aggregation.Avg));
        Assert.NotSame(window, engine.Window(source, "1m", Aggregation.Max));
        Assert.Equal("cpu:avg:1m{core=\"1\"}", window.Key.ToString());
    }

    [Fact]
    public void Window_of_no_length_or_no_aggregation_is_an_error_for_the_caller()
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"));
        var length = Assert.ThrowsAny<ArgumentException>(() => engine.Window(source, default, Aggregation.Sum));
        Assert.Equal("length", length.ParamName);
        var aggregation = Assert.ThrowsAny<ArgumentException>(() => engine.Window(source, "1s", (Aggregation)99));
        Assert.Equal("aggregation", aggregation.ParamName);
        var quantile = Assert.ThrowsAny<ArgumentException>(() => engine.Window(source, "1s", Aggregation.Quantile));
        Assert.Equal("quantile", quantile.ParamName);
        engine.Append(source, ManualClock.Noon, 1);
        engine.RunRound();
        Assert.Equal(1, source.Snapshot.Count);
    }

    private static TimeSeriesEngine Engine(long now = ManualClock.Noon) =>
        new(new EngineOptions { Lateness = Duration.FromNanoseconds(Lateness) }, new ManualClock(now));

    private static void Send(TimeSeriesEngine engine, TimeSeries series, Random random, ref long newest, long grid = 1)
    {
        var count = random.Next(5) == 0 ? random.Next(2500) : random.Next(12);
        for (var i = 0; i < count; i++)
        {
            var time = random.Next(20) switch
            {
                0 => newest - random.NextInt64(Lateness),
                1 => newest,
                2 => newest += random.NextInt64(8 * Points.Second),
                _ => newest += 1 + random.NextInt64(20_000_000),
            };
            var value = random.Next(15) switch
            {
                0 => double.NaN,
                1 => double.PositiveInfinity,
                // So far out that a sketch folds its buckets, and unfolds them when the value has left.
                2 when random.Next(10) == 0 => Math.ScaleB(random.NextDouble() - 0.5, random.Next(-900, 900)),
                _ => random.NextDouble() * 100,
            };
            engine.Append(series, Math.Min(time / grid * grid, ManualClock.Noon + 3000 * Points.Second), value);
        }
    }

    private static void AssertEqualBatch(TimeSeries source, TimeSeries windows, WindowSpec spec)
    {
        var points = Points.In(source.Snapshot);
        var batch = WindowBatch.Compute(points.Times, points.Values, spec);
        Points.AssertSame(Points.Of(batch.ToArray()), Points.In(windows.Snapshot), $"{spec}:");
    }
}
