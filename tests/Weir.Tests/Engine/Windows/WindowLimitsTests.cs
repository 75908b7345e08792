using Weir.Engine;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Engine.Windows;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Windows;

/// <summary>Windows over a series that lets points go, and more windows than there may be.</summary>
public sealed class WindowLimitsTests
{
    [Fact]
    public void Windows_keep_what_they_had_of_points_that_were_evicted() => Property.Holds(30, random =>
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"));
        source.MaxPoints = 1000;
        // Panes of at most 200 ms, late by at most 300 ms, and a second stays: what a late point needs is there.
        var (pane, slide) = (random.NextInt64(1, 200_000_000), random.NextInt64(1, 4));
        var spec = WindowSpec.Hopping(Duration.FromNanoseconds((slide + random.NextInt64(30)) * pane), Duration.FromNanoseconds(slide * pane), Aggregation.Sum);
        var windows = engine.Window(source, spec);
        var everything = new SortedDictionary<long, double>();
        var newest = ManualClock.Noon;
        for (var i = 0; i < 30_000; i++)
        {
            var time = random.Next(10) == 0 ? newest - random.NextInt64(300) * 1_000_000 : newest += 1_000_000;
            var value = random.Next(1000) / 8.0;
            everything[time] = value;
            engine.Append(source, time, value);
            if (random.Next(200) == 0) engine.RunRound();
        }
        engine.RunRound();
        Assert.True(engine.Counters.Evicted > 20_000);
        var all = Points.Of(everything);
        Points.AssertSame(Points.Of(WindowBatch.Compute(all.Times, all.Values, spec).ToArray()), Points.In(windows.Snapshot), $"{spec}:");
    });

    [Fact]
    public void Window_goes_on_counting_when_a_late_point_falls_into_an_evicted_beginning()
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"));
        source.MaxPoints = 1000;
        var counts = engine.Window(source, "5s", Aggregation.Count);
        for (var i = 0; i < 20_000; i++) engine.Append(source, ManualClock.Noon + 2 * i, i);
        engine.RunRound();
        engine.Append(source, ManualClock.Noon + 2 * 19_900 + 1, 1);
        for (var i = 20_000; i < 20_100; i++) engine.Append(source, ManualClock.Noon + 2 * i, i);
        engine.RunRound();
        // The late point's pane cannot be read anew; the hundred that came after it count.
        Points.AssertSame(Points.Of((ManualClock.Noon, 20_100)), Points.In(counts.Snapshot));
        Assert.Equal(1, engine.Counters.MissedByWindows);
    }

    [Fact]
    public void Late_points_before_what_was_evicted_take_nothing_from_windows_and_are_counted()
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"));
        source.MaxPoints = 1000;
        var counts = engine.Window(source, "100ms", Aggregation.Count);
        var rates = engine.Window(source, "1s", Aggregation.Rate);
        for (var i = 0; i < 20_000; i++) engine.Append(source, ManualClock.Noon + i * Points.Second / 1000, i);
        engine.RunRound();
        var before = new[] { Points.In(counts.Snapshot), Points.In(rates.Snapshot) };
        Assert.True(source.Snapshot.FirstTime > ManualClock.Noon + 17 * Points.Second);

        engine.Append(source, ManualClock.Noon + 16 * Points.Second, 1);
        engine.Append(source, ManualClock.Noon + 16 * Points.Second + 1, 1);
        engine.Append(source, ManualClock.Noon + 20 * Points.Second, 20_000);
        engine.RunRound();

        Assert.Equal(0, engine.Counters.RefusedLate);
        // Two points, each missed by two windows.
        Assert.Equal(4, engine.Counters.MissedByWindows);
        Points.AssertSame(before[0], Points.In(counts.Snapshot, long.MinValue, ManualClock.Noon + 20 * Points.Second));
        Points.AssertSame(before[1], Points.In(rates.Snapshot, long.MinValue, ManualClock.Noon + 20 * Points.Second));
        Assert.Equal(1, counts.Snapshot.LastValue);
    }

    [Theory]
    [InlineData("sum")]
    [InlineData("max")]
    [InlineData("rate")]
    [InlineData("distinct")]
    public void Windows_that_lack_nothing_are_corrected_from_a_source_whose_beginning_was_evicted(string aggregation) => Property.Holds(4, random =>
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"));
        source.MaxPoints = 6000;
        var spec = WindowSpec.Parse("40ns/1ns", aggregation);
        var windows = engine.Window(source, spec);
        var everything = new SortedDictionary<long, double>();
        var time = ManualClock.Noon;
        for (var i = 0; i < 20_000; i++)
        {
            var value = random.Next(100);
            everything[time += random.NextInt64(1, 3)] = value;
            engine.Append(source, time, value);
            if (i % 3000 == 0) engine.RunRound();
        }
        engine.RunRound();
        var whole = source.Snapshot.FirstTime;
        Assert.True(whole > ManualClock.Noon + 10_000);
        // Panes that left are no longer held so far back: the source is read again.
        var late = whole + random.Next(1, 3);
        everything[late] = 1000;
        engine.Append(source, late, 1000);
        engine.RunRound();
        var all = Points.Of(everything);
        var batch = Points.Of(WindowBatch.Compute(all.Times, all.Values, spec).ToArray());
        // A window that begins with an evicted point keeps what it had.
        Points.AssertSame(batch.Between(whole + 39, long.MaxValue), Points.In(windows.Snapshot).Between(whole + 39, long.MaxValue));
        Assert.Equal(0, engine.Counters.MissedByWindows);
    });

    [Fact]
    public void Rate_goes_on_from_the_last_evicted_value_when_nothing_is_left_before_it()
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"), SeriesKind.Counter);
        source.MaxPoints = 6000;
        var spec = WindowSpec.Parse("40ns/1ns", "rate");
        var windows = engine.Window(source, spec);
        var everything = new SortedDictionary<long, double>();
        // Two chunks, a pause, and so much that these two go.
        for (var i = 0; i < 2048 + 6144; i++)
        {
            var time = ManualClock.Noon + 2 * i + (i < 2048 ? 0 : 10_000);
            engine.Append(source, time, everything[time] = 100 * i);
            if (i % 1000 == 0) engine.RunRound();
        }
        engine.RunRound();
        var begin = ManualClock.Noon + 2 * 2048 + 10_000;
        Assert.Equal((begin - 10_002, begin), (source.EvictedTo, source.Snapshot.FirstTime));
        engine.Append(source, begin + 1, everything[begin + 1] = 204_850);
        engine.RunRound();
        var all = Points.Of(everything);
        var batch = Points.Of(WindowBatch.Compute(all.Times, all.Values, spec).ToArray());
        Points.AssertSame(batch.Between(begin - 39, long.MaxValue), Points.In(windows.Snapshot).Between(begin - 39, long.MaxValue));
    }

    [Fact]
    public void Late_point_counts_in_a_long_window_whose_beginning_was_evicted()
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"));
        source.MaxPoints = 1000;
        var counts = engine.Window(source, "1h", Aggregation.Count);
        for (var i = 0; i < 20_000; i++) engine.Append(source, ManualClock.Noon + i * Points.Second / 10, i);
        engine.RunRound();
        Assert.True(source.Snapshot.FirstTime > ManualClock.Noon + 1000 * Points.Second);
        engine.Append(source, ManualClock.Noon + 1999 * Points.Second + 1, 1);
        engine.RunRound();
        // Its pane of 15 s is read anew, not the hour.
        Points.AssertSame(Points.Of((ManualClock.Noon, 20_001)), Points.In(counts.Snapshot));
    }

    [Fact]
    public void Windows_over_the_limit_stay_empty_and_are_counted()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { WindowsMax = 2 }, new ManualClock(ManualClock.Noon + 3600 * Points.Second));
        var source = engine.Resolve(new SeriesKey("s"));
        var windows = new[] { "1s", "2s", "3s" }.Select(length => engine.Window(source, Duration.Parse(length), Aggregation.Sum)).ToArray();
        Assert.Same(windows[1], engine.Window(source, "2s", Aggregation.Sum));
        engine.Append(source, ManualClock.Noon, 1);
        engine.RunRound();
        Assert.Equal([1, 1, 0], windows.Select(window => window.Snapshot.Count));
        Assert.Equal((2, 1), (engine.WindowCount, engine.Counters.RefusedWindows));
    }

    [Fact]
    public void Windows_without_a_series_left_for_their_points_do_not_share_one()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { SeriesMax = 1 }, new ManualClock(ManualClock.Noon + 3600 * Points.Second));
        var source = engine.Resolve(new SeriesKey("s"));
        var windows = new[] { "1s", "2s" }.Select(length => engine.Window(source, Duration.Parse(length), Aggregation.Sum)).ToArray();
        engine.Append(source, ManualClock.Noon + Points.Second, 1);
        engine.RunRound();
        Assert.All(windows, window => Assert.Equal(0, window.Snapshot.Count));
        Assert.Equal((0, 2), (engine.WindowCount, engine.Counters.RefusedWindows));
    }

    [Fact]
    public void Window_takes_in_every_point_when_one_round_brings_more_than_its_source_keeps()
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"));
        source.MaxPoints = 1000;
        var counts = engine.Window(source, "1h", Aggregation.Count);
        for (var i = 0; i < 20_000; i++) engine.Append(source, ManualClock.Noon + i, i);
        engine.RunRound();
        Points.AssertSame(Points.Of((ManualClock.Noon, 20_000)), Points.In(counts.Snapshot));
        for (var i = 20_000; i < 40_000; i++) engine.Append(source, ManualClock.Noon + i, i);
        engine.RunRound();
        Points.AssertSame(Points.Of((ManualClock.Noon, 40_000)), Points.In(counts.Snapshot));
    }

    private static TimeSeriesEngine Engine() => new(new EngineOptions { Lateness = "5s" }, new ManualClock(ManualClock.Noon + 86_400 * Points.Second));
}
