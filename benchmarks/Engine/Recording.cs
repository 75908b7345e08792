using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Weir.Bench.Engine.Peers;
using Weir.Engine;
using Weir.Engine.Series;
using Counter = Weir.Engine.Instruments.Counter;
using Gauge = Weir.Engine.Instruments.Gauge;
using Histogram = Weir.Engine.Instruments.Histogram;

namespace Weir.Bench.Engine;

/// <summary>What it costs an application to record, against what it would record with otherwise, while both aggregate what is recorded.</summary>
internal static class Recording
{
    private const string OpenTelemetry = "OpenTelemetry 1.20.1";
    private const string Listener = "System.Diagnostics.Metrics, a listener that sums";

    public static Task RunAsync(Run run)
    {
        using var engine = new TimeSeriesEngine();
        engine.Start();
        using var peer = new OpenTelemetryMeter();
        using var listener = new SummingListener();
        Counters(run, engine, peer, listener);
        Gauges(run, engine, peer);
        Histograms(run, engine, peer);
        foreach (var labels in LabelSets.All) Labels(run, engine, peer, labels);
        Appending(run);
        return Task.CompletedTask;
    }

    private static void Counters(Run run, TimeSeriesEngine engine, OpenTelemetryMeter peer, SummingListener listener)
    {
        var (ours, theirs, summed) = (engine.Counter("counter"), peer.Counter, listener.Counter);
        var calls = Calls(run, 20_000_000);
        (string, Action)[] works =
        [
            ("ours", () => Add(ours, calls)),
            (OpenTelemetry, () => Add(theirs, calls)),
            (Listener, () => Add(summed, calls)),
        ];
        var (one, two) = (Rounds.Interleaved(run.Rounds, works), Rounds.Interleaved(run.Rounds, OnTwoThreads(works)));
        // Each round once on one thread and once on two, and once each before the first.
        if (ours.Total != 3.0 * (run.Rounds + 1) * calls) throw new InvalidOperationException($"Counted {ours.Total}.");
        Report(run, "counter add, 1 thread", calls, one, OpenTelemetry, "A loop, into which our call is inlined.", 0.5);
        Report(run, "counter add, 2 threads on one series", calls, two, OpenTelemetry, "Both in a loop; time per call of each.", 1.0 / 15);
        Report(run, "counter add, 1 thread", calls, one, Listener, "The listener adds interlocked to one word: no series, no reader.");
        Report(run, "counter add, 2 threads on one series", calls, two, Listener, "The same on two threads.");

        var single = Rounds.Interleaved(run.Rounds, [("ours", () => AddSingly(ours, calls)), (OpenTelemetry, () => AddSingly(theirs, calls)), (Listener, () => AddSingly(summed, calls))]);
        Report(run, "counter add, a call by itself", calls, single, OpenTelemetry, "Behind a call that is not inlined, so that the thread's cells are looked up each time.");
        Report(run, "counter add, a call by itself", calls, single, Listener, "The same.");
        var fractions = Rounds.Interleaved(run.Rounds, [("ours", () => AddFractions(ours, calls)), (OpenTelemetry, () => AddFractions(peer.DoubleCounter, calls))]);
        Report(run, "counter add of fractions, 1 thread", calls, fractions, OpenTelemetry, "0.5 each time: a chain of additions of doubles.");
        Allocated(run, "counter add", () => Add(ours, 1000));
    }

    private static void Gauges(Run run, TimeSeriesEngine engine, OpenTelemetryMeter peer)
    {
        var (ours, theirs) = (engine.Gauge("gauge"), peer.Gauge);
        var calls = Calls(run, 20_000_000);
        (string, Action)[] works = [("ours", () => Set(ours, calls)), (OpenTelemetry, () => Set(theirs, calls))];
        Report(run, "gauge set, 1 thread", calls, Rounds.Interleaved(run.Rounds, works), OpenTelemetry, "A store to one word.", 0.5);
        Report(run, "gauge set, 2 threads on one series", calls, Rounds.Interleaved(run.Rounds, OnTwoThreads(works)), OpenTelemetry, "Both store to the same word, so that the last wins.", 1.0 / 15);
        Allocated(run, "gauge set", () => Set(ours, 1000));
    }

    private static void Histograms(Run run, TimeSeriesEngine engine, OpenTelemetryMeter peer)
    {
        var (ours, theirs) = (engine.Histogram("histogram"), peer.Histogram);
        var random = new Random(1);
        var values = Enumerable.Range(0, 4096).Select(_ => Math.Exp(random.NextDouble() * 7)).ToArray();
        var calls = Calls(run, 8_000_000);
        (string, Action)[] works = [("ours", () => Record(ours, values, calls)), (OpenTelemetry, () => Record(theirs, values, calls))];
        Report(run, "histogram record, 1 thread", calls, Rounds.Interleaved(run.Rounds, works), OpenTelemetry, "Log-uniform latencies; a sketch of 1 % here, 15 explicit buckets there.");
        Report(run, "histogram record, 2 threads on one series", calls, Rounds.Interleaved(run.Rounds, OnTwoThreads(works)), OpenTelemetry, "The same on two threads.");
        Allocated(run, "histogram record", () => Record(ours, values, 1000));
    }

    private static void Labels(Run run, TimeSeriesEngine engine, OpenTelemetryMeter peer, LabelSets labels)
    {
        var (ours, theirs) = (engine.Counter($"labels.{labels.Short}"), peer.LabelledCounter(labels.Short));
        var calls = Calls(run, 4_000_000);
        (string, Action)[] works = [("ours", () => Add(ours, labels, calls)), (OpenTelemetry, () => Add(theirs, labels, calls))];
        Report(run, $"counter add with 3 labels, {labels.Name}, 1 thread", calls, Rounds.Interleaved(run.Rounds, works), OpenTelemetry, "Labels in one order, resolved at each call.", 0.25);
        Report(run, $"counter add with 3 labels, {labels.Name}, 2 threads", calls, Rounds.Interleaved(run.Rounds, OnTwoThreads(works)), OpenTelemetry, "The same on two threads.");
        Allocated(run, $"counter add with 3 labels, {labels.Name}", () => Add(ours, labels, 4096));
    }

    /// <summary>Points sent to fifty series and taken in by rounds on the same thread: all that one core does for a point.</summary>
    private static void Appending(Run run)
    {
        const int series = 50, rounds = 1000, each = 80;
        var (now, begin) = (new List<double>(), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000L - 3_600_000_000_000L);
        var (given, blocks) = (new List<double>(), new List<double>());
        var (times, values) = (new long[each], new double[each]);
        for (var repeat = 0; repeat <= run.Rounds; repeat++)
        {
            now.Add(Measure((engine, one, _) =>
            {
                for (var i = 0; i < each; i++) engine.Append(one, i);
            }));
            given.Add(Measure((engine, one, round) =>
            {
                for (var i = 0; i < each; i++) engine.Append(one, begin + (round * each + i) * 1_000_000L, i);
            }));
            blocks.Add(Measure((engine, one, round) =>
            {
                for (var i = 0; i < each; i++) (times[i], values[i]) = (begin + (round * each + i) * 1_000_000L, i);
                engine.Append(one, times, values);
            }));
        }
        const string what = "append, 50 series, in order, sender and loop on one core";
        const string note = "A round after every 4,000 points, four million in all: ordering, sealing, encoding and ladders included.";
        run.Add(new Measurement($"{what}, one by one at the time of now", "million points/s", Statistics.Median(now.Skip(1))) { Note = note });
        run.Add(new Measurement($"{what}, one by one at given times", "million points/s", Statistics.Median(given.Skip(1))) { Note = note });
        run.Add(new Measurement($"{what}, blocks of 80", "million points/s", Statistics.Median(blocks.Skip(1))) { Note = note });

        double Measure(Action<TimeSeriesEngine, TimeSeries, int> send)
        {
            using var engine = new TimeSeriesEngine();
            var all = Enumerable.Range(0, series).Select(i => engine.Resolve(new SeriesKey("s" + i))).ToArray();
            var began = System.Diagnostics.Stopwatch.GetTimestamp();
            for (var round = 0; round < rounds; round++)
            {
                foreach (var one in all) send(engine, one, round);
                engine.RunRound();
            }
            var seconds = System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (engine.Counters.Appended != series * rounds * each || engine.Counters.Lost > 0) throw new InvalidOperationException("Points were lost.");
            return series * rounds * each / seconds / 1e6;
        }
    }

    private static int Calls(Run run, int calls) => run.IsQuick ? calls / 4 : calls;

    private static (string, Action)[] OnTwoThreads((string Name, Action Work)[] works) => Array.ConvertAll(works, work => (work.Name, (Action)(() =>
    {
        using var start = new Barrier(2);
        var threads = Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            work.Work();
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
    })));

    private static void Report(Run run, string name, int calls, Dictionary<string, double> seconds, string peer, string note, double? goal = null)
    {
        var row = new Measurement($"{name} ({(peer == Listener ? "listener" : "OpenTelemetry")})", "ns", seconds["ours"] * 1e9 / calls) { Note = note }
            .Against(peer, seconds[peer] * 1e9 / calls);
        run.Add(goal is { } limit ? row.RatioAtMost(limit) : row);
    }

    private static void Allocated(Run run, string name, Action work)
    {
        work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        run.Add(new Measurement($"{name}, allocated", "bytes", allocated).AtMost(0));
    }

    private static void Add(Counter counter, int calls)
    {
        for (var i = 0; i < calls; i++) counter.Add(1);
    }

    private static void Add(Counter<long> counter, int calls)
    {
        for (var i = 0; i < calls; i++) counter.Add(1);
    }

    private static void AddFractions(Counter counter, int calls)
    {
        for (var i = 0; i < calls; i++) counter.Add(0.5);
    }

    private static void AddFractions(Counter<double> counter, int calls)
    {
        for (var i = 0; i < calls; i++) counter.Add(0.5);
    }

    private static void AddSingly(Counter counter, int calls)
    {
        for (var i = 0; i < calls; i++) One(counter);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void One(Counter counter) => counter.Add(1);
    }

    private static void AddSingly(Counter<long> counter, int calls)
    {
        for (var i = 0; i < calls; i++) One(counter);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void One(Counter<long> counter) => counter.Add(1);
    }

    private static void Set(Gauge gauge, int calls)
    {
        for (var i = 0; i < calls; i++) gauge.Set(i);
    }

    private static void Set(Gauge<double> gauge, int calls)
    {
        for (var i = 0; i < calls; i++) gauge.Record(i);
    }

    private static void Record(Histogram histogram, double[] values, int calls)
    {
        for (var i = 0; i < calls; i++) histogram.Record(values[i & (values.Length - 1)]);
    }

    private static void Record(Histogram<double> histogram, double[] values, int calls)
    {
        for (var i = 0; i < calls; i++) histogram.Record(values[i & (values.Length - 1)]);
    }

    private static void Add(Counter counter, LabelSets labels, int calls)
    {
        var (routes, statuses, methods) = (labels.Routes, labels.Statuses, labels.Methods);
        for (var i = 0; i < calls; i++)
        {
            var at = i & (routes.Length - 1);
            counter.Add(1, ("route", routes[at]), ("status", statuses[at]), ("method", methods[at]));
        }
    }

    private static void Add(Counter<long> counter, LabelSets labels, int calls)
    {
        var (routes, statuses, methods) = (labels.Routes, labels.Statuses, labels.Methods);
        for (var i = 0; i < calls; i++)
        {
            var at = i & (routes.Length - 1);
            counter.Add(1, new("route", routes[at]), new("status", statuses[at]), new("method", methods[at]));
        }
    }
}
