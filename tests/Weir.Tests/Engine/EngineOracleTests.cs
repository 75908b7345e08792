using Weir.Engine;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Tests.Data;

namespace Weir.Tests.Engine;

/// <summary>Batch is the oracle: whatever is sent, in whatever order, the snapshot holds what sorting first would have given.</summary>
public sealed class EngineOracleTests
{
    private const long Lateness = 5 * Points.Second;
    private const long Ahead = 60 * Points.Second;

    [Fact]
    public void Snapshot_equals_sorted_points_when_they_come_late_twice_and_from_several_lanes() => Property.Holds(30, random =>
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(Options(), clock);
        var lanes = Enumerable.Range(0, random.Next(1, 4)).Select(_ => new Sender()).ToArray();
        var series = Enumerable.Range(0, random.Next(1, 4)).Select(i => engine.Resolve(new SeriesKey("s" + i))).ToArray();
        var plain = series.Select(_ => new PlainSeries(Lateness, Ahead)).ToArray();
        // Lanes join the engine's list with their first point, and rounds drain them in that order.
        foreach (var lane in lanes) lane.Do(() => engine.Append(series[0], long.MaxValue, 0));
        engine.RunRound();

        var sent = (long)lanes.Length;
        for (var round = 0; round < 25; round++)
        {
            foreach (var lane in lanes)
            {
                var which = random.Next(series.Length);
                var batch = Batch(random, plain[which].Newest, clock.Now);
                var asBlock = random.Next(2) == 0;
                lane.Do(() =>
                {
                    if (asBlock) engine.Append(series[which], batch.Times, batch.Values);
                    else for (var i = 0; i < batch.Count; i++) engine.Append(series[which], batch.Times[i], batch.Values[i]);
                });
                for (var i = 0; i < batch.Count; i++) plain[which].Append(batch.Times[i], batch.Values[i], clock.Now);
                sent += batch.Count;
            }
            engine.RunRound();
            foreach (var oracle in plain) oracle.EndRound(clock.Now);
            clock.Now += random.NextInt64(Points.Second);
            for (var i = 0; i < series.Length; i++) AssertHolds(plain[i].Points, series[i].Snapshot);
        }

        Assert.Equal(0, engine.Waiting);
        Assert.Equal(plain.Sum(p => p.Appended), engine.Counters.Appended);
        Assert.Equal(plain.Sum(p => p.RefusedLate), engine.Counters.RefusedLate);
        Assert.Equal(plain.Sum(p => p.RefusedAhead) + lanes.Length, engine.Counters.RefusedAhead);
        Assert.Equal(0, engine.Counters.Lost);
        Assert.Equal(plain.Sum(p => p.Waiting), engine.Counters.WaitingAhead);
        Assert.Equal(sent, engine.Counters.Appended + engine.Counters.RefusedLate + engine.Counters.RefusedAhead + engine.Counters.WaitingAhead);
        foreach (var lane in lanes) lane.Dispose();
    });

    [Fact]
    public void Snapshot_equals_sorted_points_when_late_points_split_many_chunks() => Property.Holds(10, random =>
    {
        var series = new TimeSeries(0, new SeriesKey("s"), SeriesKind.Gauge);
        var plain = new PlainSeries(long.MaxValue / 2, Ahead);
        var step = 1000;
        for (var round = 0; round < 12; round++)
        {
            var first = Math.Max(plain.Newest, ManualClock.Noon);
            var count = random.Next(0, 5000);
            for (var i = 1; i <= count; i++) Send(first + i * step, random.Next(100));
            var late = random.Next(3) == 0 ? 0 : random.Next(1, 6000);
            for (var i = 0; i < late; i++) Send(random.NextInt64(ManualClock.Noon, Math.Max(plain.Newest, ManualClock.Noon) + 1), random.Next(100));
            series.EndRound(long.MaxValue / 2);
            plain.EndRound(long.MaxValue);
            AssertHolds(plain.Points, series.Snapshot);
        }

        void Send(long time, double value)
        {
            series.Take(time, value);
            plain.Append(time, value, ManualClock.Noon * 2);
        }
    });

    [Fact]
    public void Point_exactly_at_the_lateness_is_taken_and_one_nanosecond_older_is_refused()
    {
        using var engine = new TimeSeriesEngine(Options(), new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        engine.Append(series, ManualClock.Noon, 1);
        engine.RunRound();
        engine.Append(series, ManualClock.Noon - Lateness, 2);
        engine.Append(series, ManualClock.Noon - Lateness - 1, 3);
        engine.RunRound();
        Points.AssertSame(Points.Of((ManualClock.Noon - Lateness, 2), (ManualClock.Noon, 1)), Points.In(series.Snapshot));
        Assert.Equal(1, engine.Counters.RefusedLate);
        Assert.Equal(2, engine.Counters.Appended);
    }

    [Fact]
    public void Points_may_come_late_at_the_end_of_time_and_the_largest_long_is_refused()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { Ahead = Duration.FromNanoseconds(long.MaxValue - 1) }, new ManualClock(long.MaxValue - 1000));
        var series = engine.Resolve(new SeriesKey("s"));
        // Two chunks and the largest long: with it the second would be full.
        for (var i = 2047; i >= 0; i--) engine.Append(series, long.MaxValue - 2 * i, 1);
        engine.RunRound();
        engine.Append(series, long.MaxValue - 5, 2);
        engine.RunRound();
        Assert.Equal(1, engine.Counters.RefusedAhead);
        var times = Enumerable.Range(1, 2047).Select(i => long.MaxValue - 2 * i).Append(long.MaxValue - 5).Order();
        Assert.Equal(times, Points.In(series.Snapshot).Times);
    }

    [Fact]
    public void Point_exactly_as_far_ahead_as_allowed_is_taken_and_one_nanosecond_more_is_refused()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(Options(), clock);
        var series = engine.Resolve(new SeriesKey("s"));
        engine.Append(series, ManualClock.Noon + Ahead, 1);
        engine.Append(series, ManualClock.Noon + Ahead + 1, 2);
        engine.RunRound();
        clock.Now += Ahead;
        engine.RunRound();
        Points.AssertSame(Points.Of((ManualClock.Noon + Ahead, 1)), Points.In(series.Snapshot));
        Assert.Equal(1, engine.Counters.RefusedAhead);
    }

    [Fact]
    public void Boundless_lateness_and_ahead_refuse_nothing()
    {
        var all = Duration.FromNanoseconds(long.MaxValue);
        using var engine = new TimeSeriesEngine(new EngineOptions { Lateness = all, Ahead = all }, new ManualClock(long.MaxValue - 1000));
        var series = engine.Resolve(new SeriesKey("s"));
        var sum = engine.Window(series, "1s", Weir.Engine.Windows.Aggregation.Count);
        foreach (var time in new[] { ManualClock.Noon, 5, -5, -7_000_000_000_000_000_000, long.MaxValue - 1 })
        {
            engine.Append(series, time, time);
            engine.RunRound();
        }
        Assert.Equal([-7_000_000_000_000_000_000, -5, 5, ManualClock.Noon, long.MaxValue - 1], Points.In(series.Snapshot).Times);
        Assert.Equal(0, engine.Counters.RefusedLate + engine.Counters.RefusedAhead);
        Assert.Equal([1.0, 1, 1, 1, 1], Points.In(sum.Snapshot).Values);
    }

    [Fact]
    public void Reading_backwards_gives_nothing()
    {
        var series = new TimeSeries(0, new SeriesKey("s"), SeriesKind.Gauge);
        for (var i = 0; i < 3000; i++) series.Take(i, i);
        series.EndRound(0);
        Assert.Equal(0, Points.In(series.Snapshot, from: 500, to: 100).Count);
        Assert.Equal(0, Points.In(series.Snapshot, from: 2000, to: 1500).Count);
        Assert.Equal(0, Points.In(series.Snapshot, from: 10, to: 10).Count);
    }

    private static EngineOptions Options() => new() { Lateness = Duration.FromNanoseconds(Lateness), Ahead = Duration.FromNanoseconds(Ahead) };

    /// <summary>Up to a few chunks around the newest point: after it, a little before it, far before it, twice, far ahead.</summary>
    private static Points Batch(Random random, long newest, long now)
    {
        var at = Math.Max(newest, now - 30 * Points.Second);
        var batch = new (long, double)[random.Next(4) == 0 ? random.Next(3000) : random.Next(40)];
        for (var i = 0; i < batch.Length; i++)
        {
            var time = random.Next(100) switch
            {
                < 80 => at = Math.Min(at + 1 + random.NextInt64(1_000_000), now + Ahead),
                < 88 => at - random.NextInt64(Lateness),
                < 91 => at - Lateness - random.NextInt64(Lateness),
                < 92 => now + Ahead + 1 + random.NextInt64(Ahead),
                _ => i > 0 ? batch[random.Next(i)].Item1 : at,
            };
            batch[i] = (time, random.Next(30) switch { 0 => double.NaN, 1 => double.PositiveInfinity, 2 => double.NegativeInfinity, _ => random.NextDouble() });
        }
        return Points.Of(batch);
    }

    internal static void AssertHolds(Points expected, SeriesSnapshot snapshot)
    {
        Points.AssertSame(expected, Points.In(snapshot));
        Assert.Equal(expected.Count, snapshot.Count);
        Assert.Equal(expected.Count == 0 ? long.MaxValue : expected.Times[0], snapshot.FirstTime);
        Assert.Equal(expected.Count == 0 ? long.MinValue : expected.Times[^1], snapshot.LastTime);
        Assert.Equal(expected.Count == 0 ? double.NaN : expected.Values[^1], snapshot.LastValue);
    }
}
