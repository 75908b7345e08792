using Weir.Engine;
using Weir.Engine.Rollups;
using Weir.Engine.Series;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Rollups;

/// <summary>What is over its retention goes, what is over the limit of bytes goes early, and nothing else does.</summary>
public sealed class RollupRetentionTests
{
    private const long Minute = 60 * Points.Second;
    private const long Day = 24 * 60 * Minute;

    [Fact]
    public void A_year_and_more_goes_by()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var series = new[] { engine.Resolve(new SeriesKey("a")), engine.Resolve(new SeriesKey("b")) };
        foreach (var one in series) one.MaxPoints = 1000;
        var sent = new SortedDictionary<long, double>();
        var random = new Random(5);
        var silentFrom = ManualClock.Noon + 300 * Day;
        for (; clock.Now < ManualClock.Noon + 400 * Day; clock.Now += 10 * Minute)
        {
            sent[clock.Now] = random.Next(1, 1000);
            engine.Append(series[0], clock.Now, sent[clock.Now]);
            if (clock.Now < silentFrom) engine.Append(series[1], clock.Now, sent[clock.Now]);
            engine.RunRound();
            if (sent.Count % 9000 == 0) AssertKept(engine, series[0], sent, clock.Now);
        }
        AssertKept(engine, series[0], sent, clock.Now);

        // The silent one has lost its minutes and hours, those of the day that no point ended too: they went into its last day.
        var days = engine.Rollups!.Read(series[1], long.MinValue, long.MaxValue, Granularity.Day);
        Assert.Equal(Points.Of(sent).Between(days[0].Start, silentFrom).Count, days.Sum(day => day.Count));
        Assert.Empty(engine.Rollups.Read(series[1], long.MinValue, long.MaxValue, Granularity.Minute));
        Assert.Empty(engine.Rollups.Read(series[1], long.MinValue, long.MaxValue, Granularity.Hour));
        Assert.Equal(0, engine.Rollups.WentEarly);
    }

    [Fact]
    public void Old_points_sent_today_leave_what_is_still_within_retention()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var series = engine.Resolve(new SeriesKey("s"));
        var sent = new SortedDictionary<long, double>();
        for (var time = ManualClock.Noon - 500 * Day; time < ManualClock.Noon; time += 10 * Minute)
        {
            sent[time] = time % 997;
            engine.Append(series, time, sent[time]);
            if (sent.Count % 100 == 0) engine.RunRound();
        }
        for (var round = 0; round < 3; round++) engine.RunRound();
        AssertKept(engine, series, sent, clock.Now);
    }

    [Fact]
    public void Limit_of_bytes_takes_what_would_expire_first()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(new EngineOptions { Rollups = new RollupOptions { BytesMax = 1 << 20 } }, clock);
        var series = Enumerable.Range(0, 10).Select(i => engine.Resolve(new SeriesKey("s" + i))).ToArray();
        var random = new Random(3);
        var largest = 0L;
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            foreach (var one in series)
            {
                for (var i = 0; i < 10; i++) engine.Append(one, clock.Now + i, random.Next(1, 1_000_000));
            }
            engine.RunRound();
            clock.Now += Minute;
            largest = Math.Max(largest, engine.Rollups!.Bytes);
        }
        Assert.InRange(largest, 1 << 19, 1 << 20);
        Assert.True(engine.Rollups!.WentEarly > 0);
        foreach (var one in series)
        {
            var minutes = engine.Rollups.Read(one, long.MinValue, long.MaxValue, Granularity.Minute);
            var hours = engine.Rollups.Read(one, long.MinValue, long.MaxValue, Granularity.Hour);
            Assert.True(minutes.Count < 24 * 60);
            Assert.Equal(Enumerable.Range(0, minutes.Count).Select(i => minutes[0].Start + i * Minute), minutes.Select(minute => minute.Start));
            Assert.Equal(24 * 60 * 10, hours.Sum(hour => hour.Count));
        }
    }

    [Fact]
    public void Hour_takes_a_point_that_comes_late_to_minutes_that_are_gone()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(new EngineOptions { Lateness = "3h", Rollups = new RollupOptions { BytesMax = 1 << 20 } }, clock);
        var series = Enumerable.Range(0, 40).Select(i => engine.Resolve(new SeriesKey("s" + i))).ToArray();
        for (var minute = 0; minute < 10 * 60; minute++)
        {
            foreach (var one in series)
            {
                for (var i = 0; i < 20; i++) engine.Append(one, clock.Now + i, 1 << i);
            }
            engine.RunRound();
            clock.Now += Minute;
        }
        var minutes = engine.Rollups!.Read(series[0], long.MinValue, long.MaxValue, Granularity.Minute);
        var late = clock.Now - 150 * Minute;
        Assert.True(minutes[0].Start > late + 30 * Minute, "The late point was to fall into minutes that are gone.");
        engine.Append(series[0], late + 30, 7);
        engine.RunRound();
        var hours = engine.Rollups.Read(series[0], long.MinValue, long.MaxValue, Granularity.Hour);
        Assert.All(hours, hour => Assert.Equal(late >= hour.Start && late < hour.Start + 60 * Minute ? 1201 : 1200, hour.Count));
        Assert.Equal(10 * 1200 + 1, hours.Sum(hour => hour.Count));
        var kept = engine.Rollups.Read(series[0], long.MinValue, long.MaxValue, Granularity.Minute);
        Assert.Equal(minutes.Select(minute => (minute.Start, minute.Count)), kept.Select(minute => (minute.Start, minute.Count)));
    }

    private static void AssertKept(TimeSeriesEngine engine, TimeSeries series, SortedDictionary<long, double> sent, long now)
    {
        var points = Points.Of(sent);
        foreach (var (granularity, retention) in new[] { (Granularity.Minute, Day), (Granularity.Hour, 30 * Day), (Granularity.Day, 365 * Day) })
        {
            var length = granularity.Nanoseconds();
            // What ended longer ago than the retention is gone, but for what the next longer bucket is still to be made from.
            var first = (now - retention) / length * length;
            var read = engine.Rollups!.Read(series, first, long.MaxValue, granularity);
            PlainRollup.AssertSame(points.Between(first, long.MaxValue), read, granularity);
            var all = engine.Rollups.Read(series, long.MinValue, long.MaxValue, granularity);
            Assert.InRange(all.Count, read.Count, read.Count + 1);
        }
    }
}
