using Weir.Engine;
using Weir.Engine.Chunks;
using Weir.Engine.Downsampling;
using Weir.Engine.Rollups;
using Weir.Engine.Series;
using Weir.Engine.Windows;
using Weir.Tests.Data;
using Weir.Tests.Engine.Rollups;

namespace Weir.Tests.Engine.Ingest;

/// <summary>An import in any split and order, among live points, is as if all had been sorted first.</summary>
public sealed class ImportTests
{
    private const long Noon = ManualClock.Noon;
    private const long Hour = 3600 * Points.Second;

    [Fact]
    public void Import_in_any_split_and_order_among_live_points_equals_having_sorted_first() => Property.Holds(25, random =>
    {
        var clock = new ManualClock();
        using var engine = Engine(clock);
        var series = engine.Resolve(new SeriesKey("s"));
        WindowSpec[] specs = [WindowSpec.Parse("10s", "sum"), WindowSpec.Parse("2m/30s", "max"), WindowSpec.Parse("1m sliding", "count")];
        var windows = specs.Select(spec => engine.Window(series, spec)).ToArray();
        var plain = new SortedDictionary<long, double>();
        var reach = (long)(Hour * Math.Pow(10, random.NextDouble() * 2 - 1));
        var replaced = 0L;
        for (var step = 0; step < 12; step++)
        {
            var count = random.Next(4) == 0 ? random.Next(4000) : random.Next(60);
            if (random.Next(3) == 0)
            {
                for (; count > 0; count--) Send(clock.Now - random.NextInt64(50 * Points.Second));
            }
            else
            {
                var (times, values) = (new long[count], new double[count]);
                for (var i = 0; i < count; i++)
                {
                    var isAgain = plain.Count > 0 && random.Next(8) == 0;
                    times[i] = isAgain ? plain.Keys.ElementAt(random.Next(Math.Min(plain.Count, 50))) : clock.Now - random.NextInt64(reach);
                    values[i] = random.Next(30) == 0 ? double.NaN : random.Next(100);
                }
                if (random.Next(2) == 0) Array.Sort(times);
                var before = plain.Count;
                for (var i = 0; i < count; i++) plain[times[i]] = values[i];
                var result = engine.Import(series, times, values);
                Assert.Equal((count, count - (plain.Count - before), 0, 0), (result.Imported, result.Replaced, result.RefusedAhead, result.Evicted));
                replaced += result.Replaced;
            }
            if (random.Next(2) == 0) Send(clock.Now);
            if (random.Next(3) == 0) continue;
            // Before the clock moves on: what waits is not to become late.
            engine.RunRound();
            clock.Now += random.NextInt64(90 * Points.Second);
        }
        engine.RunRound();
        for (var i = 0; i < 20; i++) engine.RunRound();
        Assert.Equal(0, engine.Counters.RefusedLate);
        EngineOracleTests.AssertHolds(Points.Of(plain), series.Snapshot);
        AssertColumns(series.Snapshot, Points.Of(plain), random);
        for (var i = 0; i < specs.Length; i++)
        {
            var batch = Points.Of([.. WindowBatch.Compute([.. plain.Keys], [.. plain.Values], specs[i])]);
            Points.AssertSame(batch, Points.In(windows[i].Snapshot), specs[i].ToString());
        }
        AssertRollups(engine, series, Points.Of(plain));

        void Send(long time)
        {
            // In the lane behind what was imported, in front of what will be.
            plain[time] = random.Next(100);
            engine.Append(series, time, plain[time]);
        }
    });

    [Fact]
    public void Import_over_and_between_and_before_sealed_chunks() => Property.Holds(10, random =>
    {
        using var engine = Engine(new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        var plain = new SortedDictionary<long, double>();
        for (var i = 0; i < 20 * Chunk.Points; i++) engine.Append(series, Noon - Hour + i * 1000, plain[Noon - Hour + i * 1000] = i);
        engine.RunRound();
        var held = series.Snapshot;
        for (var import = 0; import < 6; import++)
        {
            var count = random.Next(1, 30_000);
            var (from, span) = (Noon - Hour - random.NextInt64(30_000_000), random.NextInt64(1, 80_000_000));
            var times = Enumerable.Range(0, count).Select(_ => from + random.NextInt64(span)).ToArray();
            var values = times.Select((_, i) => (double)(import * 100_000 + i)).ToArray();
            for (var i = 0; i < count; i++) plain[times[i]] = values[i];
            engine.Import(series, times, values);
            if (random.Next(2) == 0) engine.RunRound();
        }
        engine.RunRound();
        EngineOracleTests.AssertHolds(Points.Of(plain), series.Snapshot);
        AssertColumns(series.Snapshot, Points.Of(plain), random);
        Assert.Equal(20 * Chunk.Points, Points.In(held).Count);
        Assert.Equal(series.Bytes, engine.Counters.PointBytes);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Day_of_seconds_arrives_complete(bool isEmpty)
    {
        using var engine = Engine(new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        var times = Enumerable.Range(1, 86_400).Select(i => Noon - i * Points.Second).ToArray();
        var values = times.Select(time => (double)(time / Points.Second % 1000)).ToArray();
        if (!isEmpty) engine.Append(series, Noon, 1);
        engine.RunRound();
        var result = engine.Import(series, times, values);
        engine.RunRound();
        Assert.Equal((86_400, 0, 0, 0), (result.Imported, result.Replaced, result.RefusedAhead, result.Evicted));
        Assert.Equal(isEmpty ? 86_400 : 86_401, series.Snapshot.Count);
        Points.AssertSame(new([.. times.Reverse()], [.. values.Reverse()]), Points.In(series.Snapshot, long.MinValue, Noon));
        for (var i = 0; i < 20; i++) engine.RunRound();
        Assert.Equal(86_400, engine.Rollups!.Read(series, long.MinValue, Noon, Granularity.Hour).Sum(hour => hour.Count));
    }

    [Fact]
    public void Viewers_and_observers_hear_where_history_was_changed()
    {
        using var engine = Engine(new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        engine.Append(series, Noon, 1);
        engine.RunRound();
        var version = series.Snapshot.Version;
        var observer = new Observer();
        using (engine.Rounds.Observe(observer, series))
        {
            engine.Import(series, [Noon - 5 * Hour, Noon - 9 * Hour], [1, 2]);
            engine.Import(series, [Noon - 7 * Hour], [3]);
            Assert.Equal(1, series.Snapshot.Count);
            engine.RunRound();
        }
        Assert.Equal(Noon - 9 * Hour, series.Snapshot.CorrectedSince(version));
        Assert.Equal(long.MaxValue, series.Snapshot.CorrectedSince(series.Snapshot.Version));
        Assert.Equal([Noon - 9 * Hour], observer.CorrectedFrom);
    }

    [Fact]
    public void Points_too_far_ahead_are_refused_with_a_reason()
    {
        using var engine = Engine(new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        var ahead = engine.Options.Ahead.Nanoseconds;
        var result = engine.Import(series, [Noon + ahead + 1, Noon + ahead, Noon, Noon + 2 * ahead], [1, 2, 3, 4]);
        Assert.Equal((2, 2), (result.Imported, result.RefusedAhead));
        Assert.Contains("ahead of the clock", result.Reason, StringComparison.Ordinal);
        Assert.Equal((2, 2), (engine.Counters.RefusedAhead, engine.Counters.Imported));
        Assert.Null(engine.Import(series, [Noon], [3]).Reason);
        Assert.Throws<ArgumentException>(() => engine.Import(series, [Noon], []));
        Assert.Throws<ArgumentException>(() => engine.Import(series, [long.MinValue], [1]));
    }

    [Fact]
    public void Import_over_the_budget_lets_the_oldest_go_and_says_how_many()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { BytesMax = 4 << 20 }, new ManualClock());
        var (live, history) = (engine.Resolve(new SeriesKey("live")), engine.Resolve(new SeriesKey("history")));
        for (var i = 0; i < 10 * Chunk.Points; i++) engine.Append(live, Noon - 40 * Points.Second + i * 1_000_000, Noise.Of(i));
        engine.RunRound();
        const int count = 600_000;
        var times = Enumerable.Range(0, count).Select(i => Noon - (count - i) * 10 * Points.Second).ToArray();
        var result = engine.Import(history, times, [.. times.Select((_, i) => Noise.Of(i))]);
        engine.RunRound();
        Assert.InRange(engine.Counters.Bytes, 0, 4 << 20);
        Assert.Equal(count, result.Imported);
        Assert.InRange(result.Evicted, 40_000, count - 1000);
        Assert.Equal(count - result.Evicted, history.Snapshot.Count);
        Assert.Equal(Noon - 10 * Points.Second, history.Snapshot.LastTime);
        // What is newer than all of the history stays.
        Assert.Equal(10 * Chunk.Points, live.Snapshot.Count);
    }

    [Fact]
    public void What_an_import_lets_go_again_was_rolled_up_before()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        series.MaxPoints = 5000;
        const int count = 300_000;
        var times = Enumerable.Range(0, count).Select(i => Noon - (count - i) * 10 * Points.Second).ToArray();
        var result = engine.Import(series, times, [.. times.Select((_, i) => (double)(i % 100))]);
        for (var i = 0; i < 50; i++) engine.RunRound();
        Assert.Equal(count - series.Snapshot.Count, result.Evicted);
        Assert.Equal(count, engine.Rollups!.Read(series, long.MinValue, long.MaxValue, Granularity.Day).Sum(day => day.Count));
    }

    [Fact]
    public void No_more_points_wait_for_a_round_than_allowed()
    {
        using var engine = Engine(new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        var times = Enumerable.Range(0, TimeSeriesEngine.ImportWaitingMax).Select(i => Noon - Hour + i).ToArray();
        engine.Import(series, times, new double[times.Length]);
        Assert.Equal(0, series.Snapshot.Count);
        engine.Import(series, [Noon - 2 * Hour], [0]);
        Assert.Equal(times.Length, series.Snapshot.Count);
        engine.RunRound();
        Assert.Equal(times.Length + 1, series.Snapshot.Count);
    }

    [Fact]
    public void History_goes_into_hours_and_days_whose_minutes_and_hours_are_gone()
    {
        var clock = new ManualClock(Noon - 20 * 24 * Hour);
        var options = new RollupOptions { MinuteRetention = "2h", HourRetention = "2d", DayRetention = "1000d" };
        using var engine = new TimeSeriesEngine(new EngineOptions { Rollups = options }, clock);
        var series = engine.Resolve(new SeriesKey("s"));
        var plain = new SortedDictionary<long, double>();
        for (; clock.Now < Noon; clock.Now += Hour / 2)
        {
            engine.Append(series, clock.Now, plain[clock.Now] = clock.Now / Hour % 10);
            engine.RunRound();
        }
        var random = new Random(7);
        for (var import = 0; import < 30; import++)
        {
            var from = Noon - random.NextInt64(60 * 24 * Hour);
            var times = Enumerable.Range(0, 500).Select(i => Math.Min(from + random.NextInt64(40 * Hour), Noon - Hour)).ToArray();
            foreach (var time in times) plain[time] = time % 17;
            engine.Import(series, times, [.. times.Select(time => (double)(time % 17))]);
            engine.RunRound();
        }
        for (var i = 0; i < 50; i++) engine.RunRound();
        var all = Points.Of(plain);
        PlainRollup.AssertSame(all, engine.Rollups!.Read(series, long.MinValue, long.MaxValue, Granularity.Day), Granularity.Day);
        var hours = engine.Rollups.Read(series, Noon - 40 * Hour, long.MaxValue, Granularity.Hour);
        PlainRollup.AssertSame(all.Between(Noon - 40 * Hour, long.MaxValue), hours, Granularity.Hour);
    }

    [Fact]
    public async Task Import_beside_live_senders_loses_nothing()
    {
        using var engine = new TimeSeriesEngine();
        engine.Start();
        var series = engine.Resolve(new SeriesKey("s"));
        var start = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000;
        var live = Task.Run(() =>
        {
            for (var i = 0; i < 50_000; i++) engine.Append(series, start + i, i);
        }, TestContext.Current.CancellationToken);
        var imports = Enumerable.Range(0, 3).Select(part => Task.Run(() =>
        {
            for (var block = 0; block < 20; block++)
            {
                var times = Enumerable.Range(0, 1000).Select(i => start - 24 * Hour + (block * 1000L + i) * 3 + part).ToArray();
                Assert.Equal(1000, engine.Import(series, times, [.. times.Select(time => (double)(time % 1000))]).Imported);
            }
        }, TestContext.Current.CancellationToken)).ToArray();
        await Task.WhenAll([live, .. imports]);
        engine.Stop();
        Assert.Equal(50_000 - engine.Counters.Lost + 60_000, series.Snapshot.Count);
        Assert.Equal(60_000, Points.In(series.Snapshot, long.MinValue, start).Count);
    }

    private static TimeSeriesEngine Engine(ManualClock clock)
    {
        var forever = new RollupOptions { MinuteRetention = "1000d", HourRetention = "1000d", DayRetention = "1000d" };
        return new TimeSeriesEngine(new EngineOptions { Rollups = forever }, clock);
    }

    private static void AssertRollups(TimeSeriesEngine engine, TimeSeries series, Points points)
    {
        foreach (var granularity in new[] { Granularity.Minute, Granularity.Hour, Granularity.Day })
        {
            PlainRollup.AssertSame(points, engine.Rollups!.Read(series, long.MinValue, long.MaxValue, granularity), granularity);
        }
    }

    private static void AssertColumns(SeriesSnapshot snapshot, Points points, Random random)
    {
        var (step, read, plain) = (random.NextInt64(1, 100 * Points.Second), new Columns(), new Columns());
        M4.Read(snapshot, long.MinValue, long.MaxValue, step, read);
        M4.ReadPlainly(points.Times, points.Values, step, plain);
        Assert.Equal(plain.Items.ToArray(), read.Items.ToArray());
    }

    private sealed class Observer : IRoundObserver
    {
        public List<long> CorrectedFrom { get; } = [];

        public void OnRound(Round round) => CorrectedFrom.Add(round.CorrectedFrom(0));
    }
}
