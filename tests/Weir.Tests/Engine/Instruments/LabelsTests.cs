using Weir.Engine;
using Weir.Engine.Instruments;
using Weir.Engine.Series;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Instruments;

/// <summary>Recording with labels found per call: what it counts equals a plain dictionary, whatever the cache does.</summary>
public sealed class LabelsTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(LabelCache.EntriesDefault)]
    public void Counts_equal_a_dictionary_whatever_collides(int entries) => Property.Holds(20, random =>
    {
        var recorders = new InstrumentSet(new SeriesCatalog(100_000), new AccumulatorSet(entries));
        Counter[] parents = [recorders.Counter("a", []), recorders.Counter("b", []), recorders.Counter("b", [("region", "eu")])];
        var plain = new Dictionary<SeriesKey, double>();
        for (var i = 0; i < 2000; i++)
        {
            var parent = parents[random.Next(parents.Length)];
            var labels = Labels(random);
            parent.Add(i, labels);
            var key = new SeriesKey(parent.Series.Key.Name, [.. parent.Series.Key.Labels, .. labels]);
            plain[key] = plain.GetValueOrDefault(key) + i;
        }
        foreach (var (key, sum) in plain) Assert.Equal(sum, recorders.Counter(key.Name, key.Labels).Total);
    });

    [Fact]
    public async Task Threads_that_find_the_same_labels_at_once_get_the_same_handles()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var (counter, gauge, histogram) = (engine.Counter("c"), engine.Gauge("g"), engine.Histogram("h"));
        const int sets = 500, threads = 4;
        await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => CounterTests.OnThread(() =>
        {
            for (var i = 0; i < sets; i++)
            {
                var value = i.ToString(System.Globalization.CultureInfo.InvariantCulture);
                if (thread % 2 == 0) counter.Add(1, ("x", value), ("y", "1"));
                else counter.Add(1, ("y", "1"), ("x", value));
                gauge.Set(i, ("x", value));
                histogram.Record(i, ("x", value));
            }
        })));
        // Each histogram has seven series; beside those with labels stand the three without.
        Assert.Equal(sets + 1 + sets + 1 + 7 * (sets + 1), engine.Catalog.Count);
        for (var i = 0; i < sets; i++)
        {
            var value = i.ToString(System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(threads, counter.With(("x", value), ("y", "1")).Total);
            Assert.Equal(i, gauge.With(("x", value)).Value);
        }
    }

    [Fact]
    public void Order_of_labels_does_not_matter_and_their_names_do()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var counter = engine.Counter("c");
        Assert.Same(counter.With(("a", "1"), ("b", "2"), ("c", "3")), counter.With(("c", "3"), ("a", "1"), ("b", "2")));
        Assert.Same(counter.With(("a", "1")).With(("b", "2")), engine.Counter("c", ("b", "2"), ("a", "1")));
        Assert.NotSame(counter.With(("a", "1"), ("b", "2")), counter.With(("a", "2"), ("b", "1")));
        Assert.Same(counter.With(("a", "1")), counter.With(("a", "1"), ("b", "")));
        Assert.Same(counter, counter.With());
    }

    [Fact]
    public void Eight_labels_and_as_many_as_a_key_may_have_are_found_again()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var counter = engine.Counter("c");
        foreach (var count in new[] { 1, 8, 9, SeriesKey.LabelsMax })
        {
            var labels = Enumerable.Range(0, count).Select(i => new Label("l" + i, "v" + i)).ToArray();
            counter.Add(1, labels);
            Array.Reverse(labels);
            counter.Add(1, labels);
            Assert.Equal((2, count), (counter.With(labels).Total, counter.With(labels).Series.Key.Labels.Length));
        }
    }

    [Fact]
    public void Bad_labels_are_errors_that_say_what_is_wrong_and_count_nothing()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var counter = engine.Counter("c");
        counter.Add(1, ("a", "1"), ("b", "2"));
        Assert.Contains("has label 'a' twice", Message(("a", "1"), ("a", "1")), StringComparison.Ordinal);
        Assert.Contains("has label 'a' twice", Message(("a", "1"), ("a", "2")), StringComparison.Ordinal);
        Assert.Contains("contains '\"'", Message(("a\"", "1")), StringComparison.Ordinal);
        Assert.Contains("needs a value", Message(("a", null!)), StringComparison.Ordinal);
        Assert.Contains("A label name has", Message(default(Label)), StringComparison.Ordinal);
        Assert.Contains("needs a value of at most 1024", Message(("a", new string('x', 1025))), StringComparison.Ordinal);
        Assert.Equal((0, 2), (counter.Total, engine.Catalog.Count));

        string Message(params ReadOnlySpan<Label> labels)
        {
            try
            {
                counter.Add(1, labels);
            }
            catch (ArgumentException e)
            {
                return e.Message;
            }
            return "nothing was thrown";
        }
    }

    [Fact]
    public void Handle_of_another_kind_is_an_error_that_names_both()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        engine.Counter("x");
        Assert.Same(engine.Counter("x"), engine.Counter("x"));
        var error = Assert.Throws<InvalidOperationException>(() => engine.Gauge("x"));
        Assert.Equal("Series 'x' is a counter and cannot also be a gauge. Use another name.", error.Message);
        engine.Histogram("h");
        error = Assert.Throws<InvalidOperationException>(() => engine.Counter("h.count"));
        Assert.Equal("Series 'h.count' is recorded by a histogram and cannot also be recorded by a counter. Use another name.", error.Message);
    }

    [Fact]
    public void Series_of_a_histogram_are_recorded_by_nothing_else()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        engine.Histogram("h", ("a", "1"));
        var count = engine.Catalog.Count;
        Assert.Equal("Series 'h' is a histogram and cannot also be a gauge. Use another name.", Message(() => engine.Gauge("h", ("a", "2"))));
        Assert.Equal("Series 'h' is a histogram and cannot also be a counter. Use another name.", Message(() => engine.Counter("h")));
        Assert.Contains("is recorded by a histogram", Message(() => engine.Counter("h.sum", ("a", "1"))), StringComparison.Ordinal);
        Assert.Contains("is recorded by a histogram", Message(() => engine.Gauge("h", ("a", "1"), ("quantile", "0.5"))), StringComparison.Ordinal);
        Assert.Equal(count, engine.Catalog.Count);

        static string Message(Action action) => Assert.Throws<InvalidOperationException>(action).Message;
    }

    [Theory]
    [InlineData("h")]
    [InlineData("h.count")]
    [InlineData("h.sum")]
    public void Histogram_whose_names_are_taken_is_an_error_and_leaves_nothing_behind(string taken)
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        engine.Gauge(taken, ("b", "1"));
        var error = Assert.Throws<InvalidOperationException>(() => engine.Histogram("h"));
        Assert.StartsWith($"Series '{taken}' is a gauge and cannot also be a", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, engine.Catalog.Count);
    }

    [Fact]
    public void Labels_found_by_one_thread_do_not_keep_a_disposed_engine_alive()
    {
        using var sender = new Sender();
        var series = RecordAndDispose(sender);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(series.IsAlive);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference RecordAndDispose(Sender sender)
        {
            using var engine = new TimeSeriesEngine(time: new ManualClock());
            var counter = engine.Counter("c");
            sender.Do(() => counter.Add(1, ("a", "1")));
            // So that the sender's own last work holds nothing.
            sender.Do(() => { });
            return new WeakReference(counter.Series);
        }
    }

    [Fact]
    public void Texts_found_by_their_characters_allocate_nothing_however_often_they_are_new_objects()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var counter = engine.Counter("c");
        // As many sets of objects for the same 100 texts as passes, so that each pass finds them at other addresses: what a moving collector does.
        var passes = Enumerable.Range(0, 50).Select(_ => Enumerable.Range(0, 100).Select(i => $"/orders/{i}/lines").ToArray()).ToArray();
        Use(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var pass = 0; pass < passes.Length * 4; pass++) Use(pass / 4);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Use(int pass)
        {
            foreach (var text in passes[pass]) counter.Add(1, ("route", text), ("method", "GET"));
        }
    }

    [Fact]
    public void Labels_that_run_away_are_counted_in_the_overflow_series()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(new EngineOptions { SeriesMax = 3 }, clock);
        var counter = engine.Counter("c");
        for (var i = 0; i < 1000; i++) counter.Add(1, ("id", i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        clock.Now += Points.Second;
        engine.RunRound();
        Assert.Equal((4, 998), (engine.Catalog.Count, engine.Catalog.Overflowed));
        Assert.Equal(998, engine.Catalog.All.Last().Snapshot.LastValue);
        Assert.Equal("weir.overflow.counter{weir.overflow=\"true\"}", engine.Catalog.All.Last().Key.ToString());
    }

    [Fact]
    public void Labels_allocate_nothing_once_a_thread_knows_them_in_any_order_and_by_any_text()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { SeriesMax = 300 }, new ManualClock());
        var (counter, withOwn) = (engine.Counter("c"), engine.Counter("d", ("region", "eu")));
        var texts = Enumerable.Range(0, 200).Select(i => $"/orders/{i}/lines").ToArray();
        var copies = texts.Select(text => new string(text.AsSpan())).ToArray();
        // Until each is found by address, which one finding by text in sixteen leads to.
        for (var i = 0; i < 500; i++) Use();
        // A collection that moves the texts makes for a new place now and then, so one pass of several says it.
        Assert.Equal(0, Enumerable.Range(0, 20).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Use();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }));

        void Use()
        {
            for (var i = 0; i < texts.Length; i++)
            {
                counter.Add(1, ("route", texts[i]), ("method", "GET"));
                counter.Add(1, ("method", "GET"), ("route", copies[i]));
                withOwn.Add(1, ("route", texts[i % 10]));
            }
        }
    }

    [Fact]
    public void Labels_that_run_away_allocate_no_more_than_the_cache_holds()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { SeriesMax = 10 }, new ManualClock());
        var counter = engine.Counter("c");
        var texts = Enumerable.Range(0, 20_000).Select(i => $"id {i}").ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var pass = 0; pass < 4; pass++)
        {
            foreach (var text in texts) counter.Add(1, ("id", text), ("method", "GET"));
        }
        // A place by text takes about 150 bytes, one by address about 100.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, LabelCache.EntriesDefault * 300 + 100_000);
        Assert.Equal(11, engine.Catalog.Count);
    }

    [Fact]
    public void Label_given_twice_past_the_limit_stands_for_no_other_labels()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { SeriesMax = 2 }, new ManualClock());
        var counter = engine.Counter("c");
        var child = engine.Counter("c", ("a", "1"), ("b", "1"));
        using var sender = new Sender();
        sender.Do(() =>
        {
            counter.Add(1, ("x", "1"));
            // Both come to the overflow series unlooked at; by their values they look like the labels below.
            counter.Add(1, ("a", "1"), ("a", "1"));
            counter.Add(1, ("b", "1"), ("b", "1"));
            counter.Add(1, ("a", "1"), ("b", "1"));
        });
        Assert.Equal(1, child.Total);
    }

    [Fact]
    public void Histogram_whose_labels_or_sum_do_not_fit_is_an_error_and_leaves_nothing_behind()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        engine.Counter("taken.sum");
        var many = Enumerable.Range(0, SeriesKey.LabelsMax).Select(i => new Label("l" + i, "v")).ToArray();
        Assert.Contains("'quantile'", Assert.Throws<ArgumentException>(() => engine.Histogram("h", ("quantile", "0.5"))).Message, StringComparison.Ordinal);
        Assert.Contains("32 labels; at most 31", Assert.Throws<ArgumentException>(() => engine.Histogram("h", many)).Message, StringComparison.Ordinal);
        Assert.Contains("'taken.sum' is recorded by a counter", Assert.Throws<InvalidOperationException>(() => engine.Histogram("taken")).Message, StringComparison.Ordinal);
        Assert.Equal(1, engine.Catalog.Count);
        Assert.NotNull(engine.Histogram("h", many.AsSpan(1)));
    }

    [Fact]
    public void Labels_recorded_after_disposal_do_not_keep_the_engine_alive()
    {
        using Sender before = new(), after = new();
        var series = DisposeAndRecord(before, after);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(series.IsAlive);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference DisposeAndRecord(Sender before, Sender after)
        {
            var engine = new TimeSeriesEngine(time: new ManualClock());
            var counter = engine.Counter("c");
            before.Do(() => counter.Add(1, ("a", "1")));
            engine.Dispose();
            foreach (var sender in (Sender[])[before, after])
            {
                sender.Do(() => counter.Add(1, ("a", "1")));
                sender.Do(() => { });
            }
            Assert.Equal(3, counter.With(("a", "1")).Total);
            return new WeakReference(counter.Series);
        }
    }

    [Fact]
    public async Task Threads_that_cross_the_limit_of_series_together_lose_nothing()
    {
        const int threads = 4, sets = 400;
        using var engine = new TimeSeriesEngine(new EngineOptions { SeriesMax = 500 }, new ManualClock());
        var (counter, histogram) = (engine.Counter("c"), engine.Histogram("h"));
        using var start = new Barrier(threads);
        await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => CounterTests.OnThread(() =>
        {
            start.SignalAndWait();
            for (var i = 0; i < sets; i++)
            {
                // All meet at most sets, and each has some of its own.
                var text = i % 4 == 0 ? $"{thread} {i}" : $"{i}";
                counter.Add(2, ("id", text));
                histogram.Record(1, ("id", text));
                if (i % 3 == 0) counter.Add(1, ("id", text), ("x", "y"));
            }
        })));
        engine.Stop();
        var sent = threads * (3.0 * sets + (sets + 2) / 3);
        var counted = engine.Catalog.All.Where(series => series.Kind == SeriesKind.Counter && series.Key.Name is "c" or "h.count" or "weir.overflow.counter" && series.Snapshot.Count > 0);
        Assert.Equal(sent, counted.Sum(series => series.Snapshot.LastValue));
        // One overflow series a kind; those of gauges and distributions only where the limit came in the midst of a histogram's series.
        Assert.InRange(engine.Catalog.Count, 500 + 1, 500 + 3);
    }

    [Fact]
    public async Task Threads_go_on_recording_while_the_engine_is_disposed_of()
    {
        const int threads = 3, timesAfter = 500, labels = 8;
        for (var round = 0; round < 5; round++)
        {
            var engine = new TimeSeriesEngine(new EngineOptions { RecordingInterval = "10ms" });
            engine.Start();
            var (counter, gauge, histogram) = (engine.Counter("c"), engine.Gauge("g"), engine.Histogram("h"));
            using var underWay = new CountdownEvent(threads);
            var (isOver, sent) = (false, 0L);
            var recording = Task.WhenAll(Enumerable.Range(0, threads).Select(thread => CounterTests.OnThread(() =>
            {
                var (times, left) = (0, timesAfter);
                while (left > 0)
                {
                    if (Volatile.Read(ref isOver)) left--;
                    var label = new Label("n", $"{times % labels}");
                    counter.Add(1, label);
                    gauge.Set(times, label);
                    gauge.Add(1);
                    histogram.Record(times, label);
                    engine.Append(counter.Series, 1);
                    if (++times == 1) underWay.Signal();
                }
                Interlocked.Add(ref sent, times);
            })));
            underWay.Wait(TestContext.Current.CancellationToken);
            engine.Dispose();
            Volatile.Write(ref isOver, true);
            await recording;
            Assert.Equal((sent, sent), (Enumerable.Range(0, labels).Sum(n => counter.With(("n", $"{n}")).Total), gauge.Value));
        }
    }

    /// <summary>Up to eight labels in any order, of texts that often differ in the middle only, as fresh objects half of the time.</summary>
    private static Label[] Labels(Random random)
    {
        var labels = Enumerable.Range(0, random.Next(9)).Select(i => new Label(Text("l" + i), Text(random.Next(4) switch
        {
            0 => "",
            1 => random.Next(5).ToString(System.Globalization.CultureInfo.InvariantCulture),
            2 => $"/orders/{random.Next(20)}/lines",
            _ => "GET",
        }))).ToArray();
        random.Shuffle(labels);
        return labels;

        string Text(string text) => random.Next(2) == 0 ? string.Intern(text) : new string(text.AsSpan());
    }
}
