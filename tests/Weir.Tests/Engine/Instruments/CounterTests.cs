using Weir.Engine;
using Weir.Engine.Instruments;
using Weir.Engine.Series;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Instruments;

public sealed class CounterTests
{
    [Fact]
    public void Points_come_at_whole_intervals_after_a_zero_one_interval_before_the_first()
    {
        var clock = new ManualClock(ManualClock.Noon + Points.Second / 3);
        using var engine = new TimeSeriesEngine(time: clock);
        var counter = engine.Counter("orders");
        RunIn(1);
        Assert.Equal(0, counter.Series.Snapshot.Count);
        counter.Add(2);
        counter.Add(0.5);
        Assert.Equal(2.5, counter.Total);
        engine.RunRound();
        Assert.Equal(0, counter.Series.Snapshot.Count);
        RunIn(1);
        RunIn(1);
        counter.Add(1);
        RunIn(3);
        Points.AssertSame(
            Points.Of((At(1), 0), (At(2), 2.5), (At(3), 2.5), (At(6), 3.5)),
            Points.In(counter.Series.Snapshot));
        Assert.Equal((4, SeriesKind.Counter), (engine.Counters.Appended, counter.Series.Kind));

        long At(int seconds) => ManualClock.Noon + seconds * Points.Second;

        void RunIn(int seconds)
        {
            clock.Now += seconds * Points.Second;
            engine.RunRound();
        }
    }

    [Fact]
    public async Task Sum_is_exact_and_never_falls_whatever_threads_add_and_end_meanwhile()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { RecordingInterval = "10ms" });
        engine.Start();
        var counters = Enumerable.Range(0, 3).Select(i => engine.Counter("c" + i)).ToArray();
        const int waves = 5, threads = 4, times = 100_000;
        for (var wave = 0; wave < waves; wave++)
        {
            await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => OnThread(() =>
            {
                for (var i = 0; i < times; i++)
                {
                    counters[i % 3].Add(1);
                    counters[i % 3].Add((double)(i % 7));
                    if (i % 1000 == 0) _ = counters[0].Total;
                }
            })));
        }
        engine.Stop();
        for (var c = 0; c < 3; c++)
        {
            var expected = (double)waves * threads * Enumerable.Range(0, times).Where(i => i % 3 == c).Sum(i => 1.0 + (i % 7));
            Assert.Equal((expected, expected), (counters[c].Total, counters[c].Series.Snapshot.LastValue));
            AssertNeverFalls(counters[c]);
        }
    }

    [Fact]
    public void Fractions_never_seem_to_fall_when_threads_end() => Property.Holds(30, random =>
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var counter = engine.Counter("c");
        var senders = new List<Sender>();
        for (var step = 0; step < 40; step++)
        {
            if (senders.Count < 3 || random.Next(3) == 0) senders.Add(new Sender());
            var value = random.NextDouble() / 3;
            // Nothing is added most of the time: an increment would hide that the sum lost its last bit.
            if (step < 4 || random.Next(4) == 0) senders[random.Next(senders.Count)].Do(() => counter.Add(value));
            if (senders.Count > 1 && random.Next(3) == 0) End(random.Next(senders.Count));
            clock.Now += Points.Second;
            engine.RunRound();
        }
        AssertNeverFalls(counter);
        while (senders.Count > 0) End(0);

        void End(int which)
        {
            senders[which].Dispose();
            senders.RemoveAt(which);
        }
    });

    [Fact]
    public void What_ended_threads_counted_stays_and_their_cells_go()
    {
        var cells = new AccumulatorSet();
        var counter = new InstrumentSet(new SeriesCatalog(10), cells).Counter("c", []);
        for (var i = 0; i < 5; i++)
        {
            using var sender = new Sender();
            sender.Do(() => counter.Add(1));
        }
        Assert.Equal(5, cells.ThreadCount);
        cells.ReadSums(new Accumulator[1]);
        Assert.Equal((0, 5), (cells.ThreadCount, counter.Total));
    }

    [Fact]
    public void Threads_that_come_and_go_do_not_pile_up_when_nobody_reads()
    {
        var cells = new AccumulatorSet();
        var counter = new InstrumentSet(new SeriesCatalog(10), cells).Counter("c", []);
        for (var i = 0; i < 100; i++)
        {
            using var sender = new Sender();
            sender.Do(() => counter.Add(1));
            Assert.InRange(cells.ThreadCount, 1, 17);
        }
        Assert.Equal(100, counter.Total);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_no_increment_is_refused_and_counted(double value)
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var counter = engine.Counter("c");
        counter.Add(value);
        counter.Add(1);
        counter.Add(value);
        counter.Add(value, ("a", "b"));
        counter.Add(-1L);
        clock.Now += Points.Second;
        engine.RunRound();
        Assert.Equal((1, 4), (counter.Total, engine.Counters.RefusedIncrements));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    [InlineData(9007199254740993.0)]
    [InlineData(9223372036854775808.0)]
    public void Any_increment_is_added(double value)
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var counter = engine.Counter("c");
        counter.Add(value);
        Assert.Equal(value, counter.Total);
    }

    [Fact]
    public void Whole_numbers_are_exact_beyond_what_a_double_holds_and_go_on_as_doubles_past_a_long()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var counter = engine.Counter("c");
        counter.Add(1L << 53);
        for (var i = 0; i < 1000; i++) counter.Add(1);
        Assert.Equal((double)((1L << 53) + 1000), counter.Total);
        counter.Add(long.MaxValue);
        counter.Add(long.MaxValue);
        Assert.Equal(2.0 * long.MaxValue + (1L << 53) + 1000, counter.Total);
    }

    [Fact]
    public async Task Counters_past_the_limit_of_cells_share_one_and_are_exact_too()
    {
        var cells = new AccumulatorSet();
        var recorders = new InstrumentSet(new SeriesCatalog(100_000), cells);
        var counters = Enumerable.Range(0, AccumulatorSet.SumsMax + 2).Select(i => recorders.Counter("c" + i, [])).ToArray()[^4..];
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OnThread(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                foreach (var counter in counters) counter.Add(i % 2 == 0 ? 1.0 : 0.5);
            }
        })));
        foreach (var counter in counters) Assert.Equal(4 * 20_000 * 0.75, counter.Total);
        counters[^1].Add(-1);
        Assert.Equal(1, cells.Refused);
    }

    [Fact]
    public void Total_goes_on_rising_in_time_when_the_clock_is_set_back()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var counter = engine.Counter("c");
        for (var i = 0; i < 20; i++)
        {
            counter.Add(1);
            clock.Now += i == 10 ? -3600 * Points.Second : Points.Second;
            engine.RunRound();
        }
        var points = Points.In(counter.Series.Snapshot);
        Assert.Equal(0, engine.Counters.RefusedLate);
        Assert.Equal(Enumerable.Range(0, 21).Select(i => (double)i), points.Values);
        Assert.Equal(20 * Points.Second, points.Times[^1] - points.Times[0]);
    }

    [Fact]
    public void Stop_takes_in_what_was_recorded_and_starting_again_goes_on()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var counter = engine.Counter("c");
        for (var i = 1; i <= 5; i++)
        {
            counter.Add(1);
            clock.Now += Points.Second / 3;
            engine.Stop();
            Assert.Equal(i, counter.Series.Snapshot.LastValue);
            engine.RunRound();
        }
        AssertNeverFalls(counter);
    }

    [Fact]
    public void One_thread_may_record_for_several_engines_in_turn()
    {
        using var a = new TimeSeriesEngine(time: new ManualClock());
        using var b = new TimeSeriesEngine(time: new ManualClock());
        var (inA, inB) = (a.Counter("c"), b.Counter("c"));
        for (var i = 0; i < 100; i++)
        {
            inA.Add(1);
            inB.Add(2);
        }
        Assert.Equal((100, 200), (inA.Total, inB.Total));
    }

    [Fact]
    public void Observed_totals_add_what_they_rose_by_and_begin_again_after_a_reset()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var counter = engine.Counter("c");
        var totals = new List<double>();
        foreach (var observed in (double[])[1000, 1000, 1010, 1030.5, 5, 5, double.NaN, -1, double.PositiveInfinity, 8, 0, 2])
        {
            counter.Observe(observed);
            totals.Add(counter.Total);
        }
        Assert.Equal([0, 0, 10, 30.5, 35.5, 35.5, 35.5, 35.5, 35.5, 38.5, 38.5, 40.5], totals);
        counter.Add(1);
        engine.Stop();
        Assert.Equal((41.5, 3), (counter.Total, engine.Counters.RefusedIncrements));
    }

    [Fact]
    public async Task Totals_observed_by_several_threads_count_each_rise_once()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var counter = engine.Counter("c");
        counter.Observe(0);
        // Which thread observes a total does not matter as long as they come in order, for which the lock here stands in.
        var (gate, total) = (new Lock(), 0);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OnThread(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                lock (gate) counter.Observe(++total);
            }
        })));
        Assert.Equal(40_000, counter.Total);
    }

    [Fact]
    public void Handles_work_on_when_the_engine_is_gone()
    {
        var engine = new TimeSeriesEngine(time: new ManualClock());
        var counter = engine.Counter("c");
        engine.Dispose();
        counter.Add(1);
        counter.Add(1, ("a", "b"));
        engine.Gauge("g").Set(1);
        engine.Histogram("h").Record(1);
        Assert.Equal(1, counter.Total);
    }

    [Fact]
    public void Add_allocates_nothing()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var counter = engine.Counter("c");
        Use();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Use();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Use()
        {
            for (var i = 0; i < 100; i++)
            {
                counter.Add(i);
                counter.Add(i / 2.0);
                counter.Add(-1);
            }
        }
    }

    internal static Task OnThread(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void AssertNeverFalls(Counter counter)
    {
        var values = Points.In(counter.Series.Snapshot).Values;
        for (var i = 1; i < values.Length; i++) Assert.True(values[i] >= values[i - 1], $"Point {i} falls from {values[i - 1]:R} to {values[i]:R}.");
    }
}
