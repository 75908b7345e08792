using System.Runtime.CompilerServices;
using Weir.Engine;
using Weir.Engine.Instruments;
using Weir.Engine.Rollups;
using Weir.Engine.Series;
using Weir.Engine.Sketches;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Instruments;

public sealed class HistogramTests
{
    [Fact]
    public void Interval_gives_quantiles_of_its_own_and_running_totals()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var histogram = engine.Histogram("latency", ("route", "/x"));
        var sketch = new QuantileSketch();
        for (var i = 1; i <= 100; i++)
        {
            histogram.Record(i);
            sketch.Add(i);
        }
        RunIn(1);
        RunIn(1);
        histogram.Record(1000);
        histogram.Record(double.NaN);
        RunIn(1);
        Assert.Equal([0.0, 100, 100, 101], Values("latency.count{route=\"/x\"}"));
        Assert.Equal([0.0, 5050, 5050, 6050], Values("latency.sum{route=\"/x\"}"));
        foreach (var q in new[] { "0.5", "0.9", "0.95", "0.99" })
        {
            var expected = sketch.Quantile(double.Parse(q, System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal([expected, 1000], Values($"latency{{quantile=\"{q}\",route=\"/x\"}}"));
        }
        Assert.Equal(7, engine.Catalog.Count);
        Assert.Equal(101, histogram.ToSketch().Count);

        double[] Values(string key) => Points.In(engine.Catalog.All.Single(series => series.Key.ToString() == key).Snapshot).Values;

        void RunIn(int seconds)
        {
            clock.Now += seconds * Points.Second;
            engine.RunRound();
        }
    }

    [Fact]
    public void Distributions_of_the_minutes_are_kept_and_make_a_heatmap()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var histogram = engine.Histogram("latency");
        for (var second = 0; second < 180; second++)
        {
            for (var i = 1; i <= 10; i++) histogram.Record(i * (1 + second / 60));
            clock.Now += Points.Second;
            engine.RunRound();
        }
        var series = engine.Resolve(new SeriesKey("latency"), SeriesKind.Histogram);
        var minutes = engine.Rollups!.Read(series, ManualClock.Noon, clock.Now, Granularity.Minute);
        Assert.Equal([(600L, 1.0, 10.0), (600, 2, 20), (600, 3, 30)], minutes.Select(minute => (minute.Count, minute.Min, minute.Max)));
        var heatmap = engine.Rollups.Heatmap(series, ManualClock.Noon, clock.Now, Granularity.Minute);
        Assert.Equal(3, heatmap.Columns);
        Assert.Equal(histogram.ToSketch().Quantile(0.99), engine.Rollups.Distribution(series, ManualClock.Noon, clock.Now, Granularity.Minute).Quantile(0.99));
    }

    [Fact]
    public void Whatever_threads_record_equals_one_sketch_of_it_all() => Property.Holds(15, random =>
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var histogram = engine.Histogram("h");
        var plain = new QuantileSketch();
        var senders = new List<Sender> { new(), new() };
        for (var step = 0; step < 60; step++)
        {
            var values = Enumerable.Range(0, random.Next(100)).Select(_ => Value(random)).ToArray();
            senders[random.Next(senders.Count)].Do(() => Array.ForEach(values, histogram.Record));
            Array.ForEach(Array.FindAll(values, double.IsFinite), plain.Add);
            if (random.Next(5) == 0)
            {
                senders[0].Dispose();
                senders.RemoveAt(0);
                senders.Add(new Sender());
            }
            if (random.Next(4) > 0) continue;
            clock.Now += Points.Second;
            engine.RunRound();
            AssertSame(plain, histogram.ToSketch());
        }
        foreach (var sender in senders) sender.Dispose();
        engine.Stop();
        AssertSame(plain, histogram.ToSketch());
    });

    [Fact]
    public async Task Nothing_is_lost_or_counted_twice_while_sketches_are_taken_from_running_threads()
    {
        const int times = 300_000;
        using var engine = new TimeSeriesEngine(new EngineOptions { RecordingInterval = "10ms" });
        engine.Start();
        var histogram = engine.Histogram("h");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(k => CounterTests.OnThread(() =>
        {
            for (var i = 0; i < times; i++) histogram.Record(1 + (i + k) % 1000);
        })));
        engine.Stop();
        var sketch = histogram.ToSketch();
        Assert.Equal((4 * times, 1, 1000), (sketch.Count, sketch.Min, sketch.Max));
        Assert.Equal(4.0 * times / 1000 * 500_500, sketch.Sum);
    }

    [Fact]
    public async Task Handshake_loses_nothing_however_often_a_sketch_is_taken()
    {
        const int times = 1_000_000;
        var (cell, taken) = (new SketchAccumulator(), new QuantileSketch());
        var writing = CounterTests.OnThread(() =>
        {
            for (var i = 0; i < times; i++) cell.Add(1 + i % 500);
        });
        while (!writing.IsCompleted) Take();
        await writing;
        Take();
        Take();
        Assert.Equal((times, times / 500 * 125_250.0), (taken.Count, taken.Sum));

        void Take()
        {
            cell.Exchange();
            Interlocked.MemoryBarrierProcessWide();
            if (!cell.TryTake(out var sketch)) return;
            taken.Merge(sketch);
            cell.GiveBack();
        }
    }

    [Fact]
    public void Sketch_is_left_to_a_writer_that_is_inside_until_it_came_out()
    {
        var cell = new SketchAccumulator();
        Assert.False(cell.TryTake(out _));
        cell.Add(1);
        cell.Exchange();
        cell.Add(2);
        Assert.True(cell.TryTake(out var first));
        Assert.Equal((1, 1), (first.Count, first.Max));
        cell.Exchange();
        Assert.True(cell.TryTake(out var same) && same == first);
        cell.GiveBack();
        Assert.False(cell.TryTake(out _));
        cell.Exchange();
        Assert.True(cell.TryTake(out var second));
        Assert.Equal((1, 2), (second.Count, second.Max));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_writer_recorded_before_it_failed_inside_is_taken_with_its_next_value_or_at_its_end(bool goesOn)
    {
        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_current")]
        static extern ref QuantileSketch? Current(SketchAccumulator cell);

        var recorders = new InstrumentSet(new SeriesCatalog(10), new AccumulatorSet());
        var histogram = recorders.Histogram(new("h"), []);
        using (var sender = new Sender())
        {
            sender.Do(() =>
            {
                histogram.Record(1);
                var cell = ThreadAccumulators.Current!.Sketch(0);
                var sketch = Current(cell);
                // As good as a sketch that finds no memory to grow.
                Current(cell) = null;
                Assert.Throws<NullReferenceException>(() => histogram.Record(2));
                Current(cell) = sketch;
            });
            Collect();
            Assert.Equal(0, histogram.ToSketch().Count);
            if (goesOn) sender.Do(() => histogram.Record(3));
            Collect();
            Collect();
            Assert.Equal(goesOn ? 2 : 0, histogram.ToSketch().Count);
        }
        Collect();
        Assert.Equal(goesOn ? 2 : 1, histogram.ToSketch().Count);

        void Collect() => recorders.Collect(0, 1, (_, _, _) => { }, null);
    }

    [Fact]
    public async Task Histograms_past_the_limit_of_sketches_share_one_and_lose_nothing()
    {
        var recorders = new InstrumentSet(new SeriesCatalog(100_000), new AccumulatorSet());
        var histograms = Enumerable.Range(0, AccumulatorSet.SketchesMax + 2).Select(i => recorders.Histogram(new("h" + i), [])).ToArray()[^4..];
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CounterTests.OnThread(() =>
        {
            for (var i = 0; i < 1000; i++) Array.ForEach(histograms, histogram => histogram.Record(i));
        })));
        recorders.Collect(0, 1, (series, time, value) => { }, null);
        foreach (var histogram in histograms) Assert.Equal((4000, 999), (histogram.ToSketch().Count, histogram.ToSketch().Max));
    }

    [Fact]
    public void Distributions_of_others_join_the_values_of_their_interval()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var histogram = engine.Histogram("h");
        histogram.Record([1, 2, 4], [0, 3, 6, 1], 27);
        var exponential = new QuantileSketch();
        for (var i = 0; i < 5; i++) exponential.Add(100);
        histogram.Record(exponential.ToExponential());
        histogram.Record(10);
        engine.Stop();
        var sketch = histogram.ToSketch();
        Assert.Equal((16, 537), (sketch.Count, sketch.Sum));
        // The middles 4/3 and 8/3, and the bound of the bucket that has no end.
        foreach (var (rank, expected) in ((int, double)[])[(0, 4 / 3.0), (5, 8 / 3.0), (9, 4), (10, 10), (13, 100)])
        {
            Assert.InRange(sketch.Quantile(rank / 15.0 + 1e-9), expected * 0.98, expected * 1.02);
        }
        clock.Now += Points.Second;
        engine.RunRound();
        Assert.Equal(16, histogram.ToSketch().Count);
    }

    [Fact]
    public async Task Distributions_taken_in_while_threads_record_are_counted_once()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { RecordingInterval = "10ms" });
        engine.Start();
        var histogram = engine.Histogram("h");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(k => CounterTests.OnThread(() =>
        {
            for (var i = 0; i < 2000; i++)
            {
                if (k < 2) histogram.Record([1, 2], [1, 1, 1], 5);
                else histogram.Record(1);
            }
        })));
        engine.Stop();
        Assert.Equal((16_000, 24_000), (histogram.ToSketch().Count, histogram.ToSketch().Sum));
    }

    [Fact]
    public void Histograms_past_the_limit_of_series_are_counted_in_the_overflow_series()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(new EngineOptions { SeriesMax = 6 }, clock);
        var regular = engine.Histogram("h");
        var over = engine.Histogram("h", ("a", "1"));
        Assert.Same(over, engine.Histogram("i"));
        Assert.Same(over, over.With(("b", "2")));
        over.Record(5);
        over.Record(double.NaN);
        over.Record(double.PositiveInfinity);
        over.Record([1], [2, 3], 9);
        engine.Counter("c").Add(10);
        clock.Now += Points.Second;
        engine.RunRound();
        Assert.NotSame(regular, over);
        Assert.Equal(16, engine.Counter("c").Series.Snapshot.LastValue);
        Assert.Equal("weir.overflow.counter", engine.Counter("c").Series.Key.Name);
    }

    [Fact]
    public void Record_allocates_nothing_once_the_spread_is_known()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var histogram = engine.Histogram("h");
        Use();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Use();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Use()
        {
            for (var i = 0; i < 1000; i++)
            {
                histogram.Record(i);
                histogram.Record(i, ("a", "1"));
            }
        }
    }

    [Fact]
    public void Name_without_room_for_a_suffix_is_an_error_that_says_so()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        engine.Histogram(new string('h', 250));
        var error = Assert.Throws<ArgumentException>(() => engine.Histogram(new string('h', 251)));
        Assert.StartsWith("A histogram's name has 1 to 250 characters", error.Message, StringComparison.Ordinal);
    }

    private static double Value(Random random) => random.Next(50) switch
    {
        0 => 0,
        1 => -random.NextDouble(),
        2 => double.NaN,
        3 => Math.ScaleB(random.NextDouble(), random.Next(-200, 200)),
        _ => Math.Exp(random.NextDouble() * 10),
    };

    private static void AssertSame(QuantileSketch expected, QuantileSketch actual)
    {
        Assert.Equal((expected.Count, expected.SkippedCount, expected.ZeroCount), (actual.Count, actual.SkippedCount, actual.ZeroCount));
        Assert.Equal((expected.Min, expected.Max, expected.RelativeError), (actual.Min, actual.Max, actual.RelativeError));
        for (var q = 0.0; q <= 1; q += 0.01) Assert.Equal(expected.Quantile(q), actual.Quantile(q));
        // Each of n additions rounds by at most half a unit in the last place of a sum, and no sum exceeds n times the largest magnitude.
        var bound = expected.Count * (double)expected.Count * Math.Max(Math.Abs(expected.Min), Math.Abs(expected.Max)) * Math.ScaleB(1, -53);
        if (expected.Count > 0) Assert.InRange(actual.Sum, expected.Sum - 2 * bound, expected.Sum + 2 * bound);
    }
}
