using Weir.Engine;
using Weir.Engine.Ingest;
using Weir.Engine.Series;
using Weir.Engine.Windows;
using Weir.Tests.Data;

namespace Weir.Tests.Engine;

public sealed class AheadOfTheClockTests
{
    private const long Noon = ManualClock.Noon;

    [Theory]
    [InlineData(61)]
    [InlineData(900)]
    [InlineData(3599)]
    public void Point_ahead_of_the_clock_does_not_make_the_present_late(int secondsAhead)
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var series = engine.Resolve(new SeriesKey("s"));
        engine.Append(series, Noon + secondsAhead * Points.Second, 2);
        engine.RunRound();
        for (var second = 0; second < 5; second++)
        {
            clock.Now = Noon + second * Points.Second;
            engine.Append(series, clock.Now, second);
            engine.RunRound();
        }
        Assert.Equal(0, engine.Counters.RefusedLate);
        Assert.Equal((5, 1), (series.Snapshot.Count, engine.Counters.WaitingAhead));
        Assert.Equal((clock.Now, 4), (series.Snapshot.LastTime, series.Snapshot.LastValue));
        // None of them took the way of late points.
        Assert.Equal(long.MaxValue, series.Snapshot.CorrectedSince(0));
        clock.Now = Noon + secondsAhead * Points.Second;
        engine.RunRound();
        Assert.Equal((6, 0), (series.Snapshot.Count, engine.Counters.WaitingAhead));
        Assert.Equal((clock.Now, 2), (series.Snapshot.LastTime, series.Snapshot.LastValue));
    }

    [Fact]
    public void Points_of_one_time_ahead_keep_their_order_and_wait_on_when_the_clock_is_set_back()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var series = engine.Resolve(new SeriesKey("s"));
        for (var i = 0; i < 9; i++) engine.Append(series, Noon + 60 * Points.Second, i);
        engine.RunRound();
        clock.Now -= 600 * Points.Second;
        engine.RunRound();
        Assert.Equal((0, 9), (series.Snapshot.Count, engine.Counters.WaitingAhead));
        clock.Now = Noon + 60 * Points.Second;
        engine.RunRound();
        Assert.Equal((1, 8), (series.Snapshot.Count, series.Snapshot.LastValue));
    }

    [Fact]
    public void Point_within_a_second_of_the_clock_is_of_the_present()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        engine.Append(series, Noon + Points.Second, 1);
        engine.Append(series, Noon + Points.Second + 1, 2);
        engine.RunRound();
        Assert.Equal((1, 1), (series.Snapshot.Count, engine.Counters.WaitingAhead));
    }

    [Fact]
    public void More_points_ahead_than_may_wait_are_refused_and_counted()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        var times = Enumerable.Range(0, PointsAhead.CountMax + 10).Select(i => Noon + 60 * Points.Second + i).ToArray();
        var result = engine.Import(series, times, new double[times.Length]);
        Assert.Equal((PointsAhead.CountMax, 10), (result.Imported, result.RefusedAhead));
        Assert.Contains("wait already", result.Reason, StringComparison.Ordinal);
        engine.Append(series, Noon + 60 * Points.Second, 1);
        engine.RunRound();
        Assert.Equal((11, PointsAhead.CountMax), (engine.Counters.RefusedAhead, engine.Counters.WaitingAhead));
    }

    [Fact]
    public void Lateness_is_still_measured_from_the_newest_point_of_a_replay()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var (series, start) = (engine.Resolve(new SeriesKey("s")), Noon - 86_400 * Points.Second);
        engine.Append(series, start, 1);
        engine.Append(series, start + 120 * Points.Second, 2);
        engine.Append(series, start + 60 * Points.Second, 3);
        engine.Append(series, start + 59 * Points.Second, 4);
        engine.RunRound();
        Assert.Equal(1, engine.Counters.RefusedLate);
        Assert.Equal(3, series.Snapshot.Count);
    }

    [Fact]
    public void Point_ahead_of_the_clock_makes_no_window_final()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var series = engine.Resolve(new SeriesKey("s"));
        var sum = engine.Window(series, "10s", Aggregation.Sum);
        engine.Append(series, Noon + 1800 * Points.Second, 100);
        engine.RunRound();
        Assert.True(engine.FinalBefore(sum) <= Noon);
        engine.Append(series, Noon, 1);
        engine.RunRound();
        engine.Append(series, Noon + 1, 2);
        engine.RunRound();
        Assert.True(sum.Snapshot.TryReadAt(Noon, out var at, out var value));
        Assert.Equal((Noon, 3.0), (at, value));
    }
}
