using Weir.Engine;
using Weir.Engine.Queries;
using Weir.Engine.Rollups;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Engine.Windows;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Rollups;

/// <summary>Streaming equals batch: rollups kept round by round hold what sorted points would have given.</summary>
public sealed class RollupTests
{
    private const long Minute = 60 * Points.Second;

    private static readonly Granularity[] All = [Granularity.Minute, Granularity.Hour, Granularity.Day];

    [Fact]
    public void Rollups_equal_batch_when_points_come_late_and_twice() => Property.Holds(25, random =>
    {
        // Today, in 1969 and across the epoch.
        var begin = random.Next(3) switch { 0 => ManualClock.Noon, 1 => -ManualClock.Noon / 50, _ => -30 * 60 * Minute };
        var clock = new ManualClock(begin + 400 * 24 * 60 * Minute);
        using var engine = new TimeSeriesEngine(new EngineOptions { Lateness = "10m", Rollups = Forever }, clock);
        var series = Enumerable.Range(0, 3).Select(i => engine.Resolve(new SeriesKey("s" + i))).ToArray();
        var newest = new long[series.Length];
        Array.Fill(newest, begin);
        for (var round = 0; round < 40; round++)
        {
            var which = random.Next(series.Length);
            Send(engine, series[which], random, ref newest[which]);
            engine.RunRound();
            foreach (var one in series) AssertEqualBatch(engine, one, Points.In(one.Snapshot));
        }
        Assert.Equal(0, engine.Rollups!.Waiting);
    });

    [Fact]
    public void History_that_is_sent_late_and_out_of_order_is_all_in_its_hours_and_days() => Property.Holds(10, random =>
    {
        var clock = new ManualClock(ManualClock.Noon);
        using var engine = new TimeSeriesEngine(new EngineOptions { Lateness = "10m" }, clock);
        var series = engine.Resolve(new SeriesKey("s"));
        var newest = ManualClock.Noon - 20 * 24 * 60 * Minute;
        for (var round = 0; round < 60; round++)
        {
            Send(engine, series, random, ref newest);
            engine.RunRound();
        }
        for (var round = 0; round < 3; round++) engine.RunRound();
        foreach (var granularity in new[] { Granularity.Hour, Granularity.Day })
        {
            PlainRollup.AssertSame(Points.In(series.Snapshot), engine.Rollups!.Read(series, long.MinValue, long.MaxValue, granularity), granularity);
        }
    });

    [Fact]
    public void Rollups_survive_the_points_they_were_made_from() => Property.Holds(10, random =>
    {
        var clock = new ManualClock(ManualClock.Noon + 400 * 24 * 60 * Minute);
        using var engine = new TimeSeriesEngine(new EngineOptions { Rollups = Forever }, clock);
        var series = engine.Resolve(new SeriesKey("s"));
        series.MaxPoints = 1000;
        var sent = new SortedDictionary<long, double>();
        var time = ManualClock.Noon;
        for (var round = 0; round < 30; round++)
        {
            for (var i = random.Next(3000); i > 0; i--)
            {
                time += 1 + random.NextInt64(20 * Points.Second);
                sent[time] = random.Next(-1000, 1000) / 8.0;
                engine.Append(series, time, sent[time]);
            }
            engine.RunRound();
        }
        Assert.True(series.Snapshot.Count < sent.Count, "Points were to be evicted.");
        AssertEqualBatch(engine, series, Points.Of(sent));
    });

    [Fact]
    public void Minute_whose_points_are_partly_gone_keeps_its_value_when_a_point_comes_late()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { Lateness = "10m", Rollups = Forever }, new ManualClock(ManualClock.Noon + Minute));
        var series = engine.Resolve(new SeriesKey("s"));
        series.MaxPoints = 1000;
        for (var i = 0; i < 5000; i++) engine.Append(series, ManualClock.Noon + i, 1);
        engine.RunRound();
        engine.Append(series, ManualClock.Noon + 4500, 2);
        engine.RunRound();
        var bucket = Assert.Single(engine.Rollups!.Read(series, long.MinValue, long.MaxValue, Granularity.Minute));
        Assert.Equal((5000, 5000.0), (bucket.Count, bucket.Sum));
    }

    [Fact]
    public void Late_points_in_many_series_are_worked_in_piece_by_piece()
    {
        var clock = new ManualClock(ManualClock.Noon + Minute);
        using var engine = new TimeSeriesEngine(new EngineOptions { Rollups = Forever }, clock);
        var series = Enumerable.Range(0, 20).Select(i => engine.Resolve(new SeriesKey("s" + i))).ToArray();
        foreach (var one in series)
        {
            for (var i = 0; i < 5000; i++) engine.Append(one, ManualClock.Noon + 2 * i, i);
            engine.RunRound();
        }
        foreach (var one in series) engine.Append(one, ManualClock.Noon + 1, 7);
        engine.RunRound();
        // Four series of 5,001 points fill a round's piece of 20,000.
        Assert.Equal(16, engine.Rollups!.Waiting);
        for (var round = 0; round < 4; round++) engine.RunRound();
        Assert.Equal(0, engine.Rollups.Waiting);
        foreach (var one in series) AssertEqualBatch(engine, one, Points.In(one.Snapshot));
    }

    [Fact]
    public void Windows_have_no_rollups_even_when_windows_stand_on_them()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock(ManualClock.Noon + Minute));
        var series = engine.Resolve(new SeriesKey("s"));
        var sums = engine.Window(series, "1s", Aggregation.Sum);
        for (var i = 0; i < 10; i++) engine.Append(series, ManualClock.Noon + i * Points.Second, 1);
        engine.RunRound();
        engine.Window(sums, "2s", Aggregation.Sum);
        engine.RunRound();
        // Nothing would keep up what the first round of the second window made of the first.
        Assert.Empty(engine.Rollups!.Read(sums, long.MinValue, long.MaxValue, Granularity.Minute));
        Assert.Equal(10, Assert.Single(engine.Rollups.Read(series, long.MinValue, long.MaxValue, Granularity.Minute)).Count);
    }

    [Fact]
    public void Range_is_that_of_the_beginnings_of_buckets()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { Rollups = Forever }, new ManualClock(ManualClock.Noon + 60 * Minute));
        var series = engine.Resolve(new SeriesKey("s"));
        for (var i = 0; i < 10; i++) engine.Append(series, ManualClock.Noon + i * Minute + 5, i);
        engine.RunRound();
        var read = engine.Rollups!.Read(series, ManualClock.Noon + 2 * Minute + 7, ManualClock.Noon + 5 * Minute, Granularity.Minute);
        Assert.Equal([2.0, 3.0, 4.0], read.Select(bucket => bucket.Last));
        Assert.Empty(engine.Rollups.Read(engine.Resolve(new SeriesKey("silent")), long.MinValue, long.MaxValue, Granularity.Day));
        Assert.Empty(engine.Rollups.Read(series, 5, 4, Granularity.Minute));
    }

    [Fact]
    public void Query_picks_granularity_by_pixels_unless_told()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock(ManualClock.Noon));
        var (one, other) = (engine.Resolve(new SeriesKey("orders.eu")), engine.Resolve(new SeriesKey("orders.us")));
        for (var i = 0; i < 6 * 60; i++)
        {
            engine.Append(one, ManualClock.Noon - (6 * 60 - i) * Minute, i);
            engine.Append(other, ManualClock.Noon - (6 * 60 - i) * Minute, -i);
        }
        engine.RunRound();
        var from = ManualClock.Noon - 6 * 60 * Minute;
        Assert.Equal([360, 360], engine.GetTimeSeries("orders.*", from, ManualClock.Noon).Select(found => found.Buckets.Count));
        Assert.Equal([6, 6], engine.GetTimeSeries("orders.*", from, ManualClock.Noon, pixels: 100).Select(found => found.Buckets.Count));
        Assert.Equal([1], engine.GetTimeSeries("orders.us", from, ManualClock.Noon, Granularity.Day).Select(found => found.Buckets.Count));
        Assert.Equal(-359, engine.GetTimeSeries("orders.us", from, ManualClock.Noon, Granularity.Day)[0].Buckets[0].Min);
        Assert.Contains("1 or more", Assert.Throws<ArgumentOutOfRangeException>(() => engine.GetTimeSeries("x", 1, 2, pixels: 0)).Message);
        Assert.Contains("not after its beginning", Assert.Throws<ArgumentOutOfRangeException>(() => engine.GetTimeSeries("x", 2, 2)).Message);
    }

    [Fact]
    public void Times_at_the_ends_of_what_nanoseconds_reach_are_left_out()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(new EngineOptions { Ahead = Duration.FromNanoseconds(long.MaxValue), Lateness = Duration.FromNanoseconds(long.MaxValue) }, clock);
        var series = engine.Resolve(new SeriesKey("s"));
        foreach (var time in new[] { long.MinValue + 1, -7_000_000_000_000_000_000, ManualClock.Noon, long.MaxValue - 1 }) engine.Append(series, time, 1);
        for (var round = 0; round < 3; round++) engine.RunRound();
        var days = engine.GetTimeSeries("s", long.MinValue, long.MaxValue, Granularity.Day);
        Assert.Equal(ManualClock.Noon / 86_400_000_000_000, days[0].Buckets[^1].Start / 86_400_000_000_000);
        clock.Now = long.MaxValue - 1000;
        engine.RunRound();
        Assert.Equal(4, series.Snapshot.Count);
        var last = engine.GetTimeSeries("s", ManualClock.Noon + 86_400_000_000_000, long.MaxValue, Granularity.Minute);
        Assert.Empty(last);
    }

    [Fact]
    public void Engine_without_rollups_has_none()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { Rollups = null }, new ManualClock());
        engine.Append(engine.Resolve(new SeriesKey("s")), ManualClock.Noon, 1);
        engine.RunRound();
        Assert.Null(engine.Rollups);
        Assert.Empty(engine.GetTimeSeries("s", 0, ManualClock.Noon));
    }

    [Fact]
    public void Options_outside_their_ranges_are_refused()
    {
        Refused(new RollupOptions { SecondRetention = "59s" }, "1m to 1h");
        Refused(new RollupOptions { SecondRetention = "61m" }, "1m to 1h");
        Refused(new RollupOptions { MinuteRetention = "1h" }, "2h or more");
        Refused(new RollupOptions { HourRetention = "1d" }, "2d or more");
        Refused(new RollupOptions { DayRetention = "1d" }, "2d or more");
        Refused(new RollupOptions { RelativeError = 0.6 }, "0.0001 to 0.5");
        Refused(new RollupOptions { RelativeError = double.NaN }, "0.0001 to 0.5");
        Refused(new RollupOptions { RelativeError = 0 }, "0.0001 to 0.5");
        Refused(new RollupOptions { BytesMax = -1 }, "1,048,576");
        Refused(new RollupOptions { BytesMax = (1 << 20) - 1 }, "1,048,576");
        Refused(new RollupOptions { DayRetention = default }, "2d or more");
        new TimeSeriesEngine(new EngineOptions { Rollups = new RollupOptions { SecondRetention = "1h", MinuteRetention = "2h", HourRetention = "2d", DayRetention = "2d", RelativeError = 0.5, BytesMax = 1 << 20 } }).Dispose();

        static void Refused(RollupOptions rollups, string allowed) =>
            Assert.Contains(allowed, Assert.Throws<ArgumentOutOfRangeException>(() => new TimeSeriesEngine(new EngineOptions { Rollups = rollups })).Message);
    }

    private static RollupOptions Forever => new() { MinuteRetention = "9000d", HourRetention = "9000d", DayRetention = "9000d" };

    private static void AssertEqualBatch(TimeSeriesEngine engine, TimeSeries series, Points points)
    {
        foreach (var granularity in All) PlainRollup.AssertSame(points, engine.Rollups!.Read(series, long.MinValue, long.MaxValue, granularity), granularity);
    }

    /// <summary>Points a second to hours apart; late ones as far back as ten minutes, on an earlier one's time now and then; gaps and infinities.</summary>
    private static void Send(TimeSeriesEngine engine, TimeSeries series, Random random, ref long newest)
    {
        var step = random.Next(4) switch { 0 => Points.Second, 1 => 20 * Points.Second, 2 => 20 * Minute, _ => 5 * 60 * Minute };
        for (var i = random.Next(60); i > 0; i--)
        {
            var isLate = random.Next(10) == 0;
            var time = isLate ? newest - random.NextInt64(10 * Minute) / Points.Second * Points.Second : newest + 1 + random.NextInt64(step);
            newest = Math.Max(newest, time);
            engine.Append(series, time, random.Next(30) switch { 0 => double.NaN, 1 => double.PositiveInfinity, 2 => 0, _ => random.Next(-500, 5000) / 7.0 });
        }
    }
}
