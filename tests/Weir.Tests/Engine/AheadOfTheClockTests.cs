using Weir.Engine;
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
        Assert.Equal(6, series.Snapshot.Count);
        Assert.True(series.Snapshot.TryReadAt(clock.Now, out _, out var now));
        Assert.Equal(4, now);
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
