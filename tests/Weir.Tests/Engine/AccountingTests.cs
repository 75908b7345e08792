using System.Diagnostics;
using Weir.Engine;
using Weir.Engine.Rollups;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Engine.Windows;
using Weir.Tests.Data;
using Weir.Tests.Engine.Sketches;

namespace Weir.Tests.Engine;

public sealed class AccountingTests
{
    /// <summary>In a process of its own, since what other tests leave behind is freed at any time.</summary>
    [Fact]
    public async Task Bytes_agree_with_the_heap()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["--filter-class", typeof(AccountingTests).FullName!, "--explicit", "only", "--no-ansi", "--progress", "off"])
        {
            RedirectStandardOutput = true,
        };
        using var alone = Process.Start(start)!;
        var said = await alone.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await alone.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(alone.ExitCode == 0 && said.Contains("succeeded: 13", StringComparison.Ordinal), said);
    }

    [Theory(Explicit = true)]
    [InlineData(50, 40_000)]
    [InlineData(20_000, 100)]
    [InlineData(20, 200_000)]
    public void Bytes_that_the_engine_counts_agree_with_the_heap_within_ten_percent(int series, int points)
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { BytesMax = 1L << 30 }, new ManualClock());
        var all = Enumerable.Range(0, series).Select(i => engine.Resolve(new SeriesKey($"series{i}"))).ToArray();
        // Lanes, once they have grown, and what encoding works with stay whatever is sent: they are no history.
        var before = engine.Resolve(new SeriesKey("before"));
        for (var i = 0; i < 60_000; i++) engine.Append(before, ManualClock.Noon + i, i);
        Send(engine, all, 0, 4);
        var (heap, counted) = (Heap(), engine.Counters.Bytes);

        Send(engine, all, 4, points);

        var (grown, told) = (Heap() - heap, engine.Counters.Bytes - counted);
        Assert.True(Math.Abs(grown - told) < 0.1 * grown, $"The heap grew by {grown:#,0} bytes, the engine counts {told:#,0} ({(double)told / grown:P0}).");
        GC.KeepAlive(engine);
    }

    [Theory(Explicit = true)]
    [InlineData("sum", "1m/1s")]
    [InlineData("stddev", "1m sliding")]
    [InlineData("max", "1m/1s")]
    [InlineData("p99", "1m/1s")]
    [InlineData("distinct", "1m/1s")]
    public void Bytes_that_the_engine_counts_for_windows_agree_with_the_heap_within_ten_percent(string aggregation, string windows)
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { BytesMax = 1L << 30 }, new ManualClock());
        var spec = WindowSpec.Parse(windows, aggregation);
        // The series of the windows are no memory of theirs; what reads points for them is shared by all.
        var sources = Enumerable.Range(0, 100).Select(i => engine.Resolve(new SeriesKey($"series{i}"))).ToArray();
        foreach (var source in sources) engine.Resolve(new SeriesKey($"{source.Key.Name}:{spec}"));
        var before = engine.Resolve(new SeriesKey("before"));
        for (var i = 0; i < 70_000; i++) engine.Append(before, ManualClock.Noon + i, i);
        engine.Window(before, "1m", Aggregation.Sum);
        Send(engine, sources, 0, 4);
        var (heap, counted) = (Heap(), engine.Counters.Bytes);

        foreach (var source in sources) engine.Window(source, spec);
        for (var i = 4; i < 1004; i += 100) Send(engine, sources, i, i + 100, 200_000_000L);

        var (grown, told) = (Heap() - heap, engine.Counters.Bytes - counted);
        Assert.True(Math.Abs(grown - told) < 0.1 * grown, $"The heap grew by {grown:#,0} bytes, the engine counts {told:#,0} ({(double)told / grown:P0}).");
        Assert.True(engine.Counters.WindowBytes > told / 3, $"Of {told:#,0} bytes the windows have {engine.Counters.WindowBytes:#,0}.");
        GC.KeepAlive(engine);
    }

    /// <summary>By how much more the heap grows with rollups than without.</summary>
    [Theory(Explicit = true)]
    [InlineData(SeriesKind.Gauge, 20_000, 3, 2)]
    [InlineData(SeriesKind.Gauge, 2000, 70, 4)]
    [InlineData(SeriesKind.Gauge, 200, 300, 60)]
    [InlineData(SeriesKind.Histogram, 9000, 3, 2)]
    [InlineData(SeriesKind.Histogram, 100, 200, 4)]
    public void Bytes_that_rollups_count_agree_with_the_heap_within_ten_percent(SeriesKind kind, int series, int minutes, int pointsPerMinute)
    {
        var (without, _) = Grow(null);
        var (with, told) = Grow(new RollupOptions { BytesMax = 1L << 30 });
        var grown = with - without;
        Assert.True(Math.Abs(grown - told) < 0.1 * grown, $"The heap grew by {grown:#,0} bytes, rollups count {told:#,0} ({(double)told / grown:P0}).");

        (long Grown, long Told) Grow(RollupOptions? rollups)
        {
            var clock = new ManualClock();
            using var engine = new TimeSeriesEngine(new EngineOptions { BytesMax = 8L << 30, Rollups = rollups }, clock);
            var all = Enumerable.Range(0, series).Select(i => engine.Resolve(new SeriesKey($"series{i}"), kind)).ToArray();
            var before = engine.Resolve(new SeriesKey("before"));
            for (var i = 0; i < 60_000; i++) engine.Append(before, ManualClock.Noon + i, i);
            engine.RunRound();
            engine.RunRound();
            var (heap, counted) = (Heap(), engine.Rollups?.Bytes ?? 0);
            for (var i = 0; i < minutes * pointsPerMinute; i++)
            {
                clock.Now = ManualClock.Noon + i * (60 / pointsPerMinute) * UnixTime.NanosecondsPerSecond;
                foreach (var one in all)
                {
                    var value = Math.Exp(Math.Sin(i * 0.37 + one.Id));
                    if (kind == SeriesKind.Gauge) engine.Append(one, clock.Now, value);
                    else engine.Rollups?.Append(one, clock.Now, SketchStates.OneByOne([value, value * 1.5, value * 3]));
                }
                while (engine.RunRound() > 0 || engine.Rollups?.Waiting > 0)
                {
                }
            }
            return (Heap() - heap, (engine.Rollups?.Bytes ?? 0) - counted);
        }
    }

    [Fact]
    public void Bounds_hold_under_a_producer_that_does_what_it_likes() => Property.Holds(4, random =>
    {
        const int budget = 3 << 20;
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(new EngineOptions { BytesMax = budget, SeriesMax = 64 }, clock);
        for (var step = 0; step < 400; step++)
        {
            var series = engine.Resolve(new SeriesKey($"s{random.Next(random.Next(1, 200))}"));
            if (random.Next(20) == 0) series.MaxPoints = random.Next(3) == 0 ? null : random.Next(1, 30_000);
            var points = random.Next(5) switch { 0 => 1, 1 => 6000, _ => random.Next(1, 800) };
            for (var i = 0; i < points; i++)
            {
                var time = clock.Now + i * 1000L;
                if (random.Next(50) == 0) time -= random.NextInt64(2 * 60 * UnixTime.NanosecondsPerSecond);
                engine.Append(series, time, random.Next(3) == 0 ? double.NaN : random.NextDouble());
            }
            clock.Now += random.NextInt64(UnixTime.NanosecondsPerSecond);
            while (engine.RunRound() > 0)
            {
            }
            // What each series keeps in any case comes on top when it alone is over the budget.
            var kept = engine.Catalog.Count * 2L * engine.Options.PointsKeptMin * 24;
            Assert.InRange(engine.Counters.Bytes, 0, Math.Max(budget, kept));
            Assert.InRange(engine.Catalog.Count, 1, 64 + 1);
            Assert.Equal(engine.Catalog.All.Where(one => one.Snapshot.Version > 0).Sum(one => one.Bytes), engine.Counters.PointBytes);
        }
        Assert.True(engine.Counters.Evicted > 0);
        Assert.True(engine.Catalog.Overflowed > 0);
    });

    private static void Send(TimeSeriesEngine engine, TimeSeries[] all, int from, int to, long step = 1_000_000L)
    {
        const long begin = ManualClock.Noon - 1000 * UnixTime.NanosecondsPerSecond;
        for (var i = from; i < to; i++)
        {
            foreach (var series in all) engine.Append(series, begin + i * step, Math.Round(50 + 40 * Math.Sin(i * 0.01), 2));
            while (engine.Waiting > 8192) engine.RunRound();
        }
        while (engine.RunRound() > 0)
        {
        }
    }

    private static long Heap()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
