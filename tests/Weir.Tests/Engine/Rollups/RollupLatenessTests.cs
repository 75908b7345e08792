using Weir.Engine;
using Weir.Engine.Rollups;
using Weir.Engine.Series;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Rollups;

/// <summary>Late points where something has gone already: of the raw points, or of shorter buckets.</summary>
public sealed class RollupLatenessTests
{
    private const long Minute = 60 * Points.Second;
    private const long Day = 24 * 60 * Minute;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Late_points_before_what_was_evicted_take_nothing_from_rollups(long nanoseconds)
    {
        using var engine = Engine();
        var series = engine.Resolve(new SeriesKey("s"));
        series.MaxPoints = 1000;
        var sent = new SortedDictionary<long, double>();
        void Send(long time) => engine.Append(series, time, sent[time] = time % 7);
        for (var i = 0; i < 5000; i++) Send(ManualClock.Noon + i * Points.Second);
        engine.RunRound();
        Assert.True(series.EvictedTo > ManualClock.Noon + 51 * Minute);
        // The first of its minute: it becomes the first point that the series holds.
        engine.Append(series, ManualClock.Noon + 49 * Minute + nanoseconds, 1000);
        Send(ManualClock.Noon + 5000 * Points.Second);
        engine.RunRound();
        Assert.Equal(0, engine.Counters.RefusedLate);
        foreach (var granularity in new[] { Granularity.Minute, Granularity.Hour })
        {
            PlainRollup.AssertSame(Points.Of(sent), engine.Rollups!.Read(series, long.MinValue, long.MaxValue, granularity), granularity);
        }
    }

    [Fact]
    public void Rollups_of_evicted_points_stay_whatever_comes_late() => Property.Holds(20, random =>
    {
        using var engine = Engine();
        var series = engine.Resolve(new SeriesKey("s"));
        series.MaxPoints = 1000;
        var sent = new SortedDictionary<long, double>();
        var newest = ManualClock.Noon;
        for (var round = 0; round < 60; round++)
        {
            // What comes late to a minute of which points were evicted is not in the rollups.
            var whole = series.EvictedTo == long.MinValue ? long.MinValue : (series.EvictedTo / Minute + 1) * Minute;
            for (var i = random.Next(600); i > 0; i--)
            {
                var isLate = random.Next(20) == 0;
                var time = isLate ? newest - random.NextInt64(28 * Minute) : newest += random.NextInt64(1, 2 * Points.Second);
                if (!isLate || time >= whole) sent[time] = random.Next(1000);
                engine.Append(series, time, sent.GetValueOrDefault(time));
            }
            engine.RunRound();
        }
        Assert.True(engine.Counters.Evicted > 5000);
        Assert.Equal(0, engine.Counters.RefusedLate);
        PlainRollup.AssertSame(Points.Of(sent), engine.Rollups!.Read(series, long.MinValue, long.MaxValue, Granularity.Minute), Granularity.Minute);
    });

    [Fact]
    public void Days_whose_hours_are_gone_take_a_point_that_comes_late()
    {
        var clock = new ManualClock(ManualClock.Noon + 10 * Day);
        var options = new RollupOptions { MinuteRetention = "30d", HourRetention = "2d" };
        using var engine = new TimeSeriesEngine(new EngineOptions { Lateness = "20d", Rollups = options }, clock);
        var series = engine.Resolve(new SeriesKey("s"));
        for (var hour = 0; hour < 10 * 24; hour++)
        {
            engine.Append(series, ManualClock.Noon + hour * 60 * Minute, 1);
            engine.RunRound();
        }
        // Silent for so long that all its hours have gone.
        clock.Now += 13 * Day;
        engine.RunRound();
        engine.RunRound();
        Assert.Empty(engine.Rollups!.Read(series, long.MinValue, ManualClock.Noon + 9 * Day, Granularity.Hour));
        engine.Append(series, ManualClock.Noon + Day + 1, 1);
        engine.RunRound();
        var days = engine.Rollups.Read(series, long.MinValue, long.MaxValue, Granularity.Day);
        Assert.Equal(10 * 24 + 1, days.Sum(day => day.Count));
    }

    private static TimeSeriesEngine Engine() =>
        new(new EngineOptions { Lateness = "40m", Rollups = new RollupOptions { MinuteRetention = "1000d", HourRetention = "1000d", DayRetention = "1000d" } }, new ManualClock(ManualClock.Noon + Day));
}
