using System.Diagnostics;
using Weir.Bench.Engine.Peers;
using Weir.Engine.Sketches;

namespace Weir.Bench.Engine;

/// <summary>Quantile sketches: taking values in, merging, and sliding a window of 60 panes, on three kinds of values.</summary>
/// <remarks>All values are whole numbers, so that the HDR histogram need not convert them.</remarks>
internal static class Sketches
{
    private const int Panes = 60;
    private const int PaneLength = 10_000;
    private const long HdrHighest = 3_600_000_000_000;
    private const string Digest = "t-digest, compression 100";
    private const string Hdr = "HDR histogram, 2 digits";

    /// <summary>Grows with every result, so that nothing measured can be left out.</summary>
    private static double _sink;

    public static Task RunAsync(Run run)
    {
        var random = new Random(20);
        Measure(run, "lognormal latencies", _ => 1e6 * Math.Exp(Normal(random)));
        Measure(run, "uniform", _ => 1e9 * random.NextDouble());
        Measure(run, "bursty integers", i => i / 1000 % 10 == 0 ? random.Next(200_000) : random.Next(30));
        if (_sink == 0) throw new InvalidOperationException("Nothing was measured.");
        return Task.CompletedTask;
    }

    private static void Measure(Run run, string data, Func<int, double> draw)
    {
        var values = new double[Panes * PaneLength];
        for (var i = 0; i < values.Length; i++) values[i] = 1 + Math.Floor(draw(i));
        var whole = Array.ConvertAll(values, value => (long)value);
        Insert(run, data, values, whole);
        MergeAndSlide(run, data, values, whole);
    }

    private static void Insert(Run run, string data, double[] values, long[] whole)
    {
        var (one, many, digest, hdr) = (new QuantileSketch(), new QuantileSketch(), new TDigest(), new HdrCounts(HdrHighest));
        var times = Interleaved(
            run, values.Length,
            () => { foreach (var value in values) one.Add(value); },
            () => many.Add(values),
            () => { foreach (var value in values) digest.Add(value); },
            () => { foreach (var value in whole) hdr.Record(value); });
        AssertAgree(data, values, one.Quantile(0.99), many.Quantile(0.99), digest.Quantile(0.99), hdr.ValueAt(0.99));
        run.Add(new Measurement($"insert one by one, {data}", "ns/value", times[0]).Against(Digest, times[2]).RatioAtMost(1 / 5.0));
        run.Add(new Measurement($"insert one by one, {data}", "ns/value", times[0]).Against(Hdr, times[3]).RatioAtMost(1 / 5.0));
        run.Add(new Measurement($"insert many at once, {data}", "ns/value", times[1]).Against(Digest, times[2]).RatioAtMost(1 / 5.0));
        run.Add(new Measurement($"insert many at once, {data}", "ns/value", times[1]) { Note = "The peers have no way to take many at once; theirs is the time one by one." }
            .Against(Hdr, times[3]).RatioAtMost(1 / 5.0));
    }

    private static void MergeAndSlide(Run run, string data, double[] values, long[] whole)
    {
        var panes = new QuantileSketch[Panes];
        var digests = new TDigest[Panes];
        var hdrs = new HdrCounts[Panes];
        for (var pane = 0; pane < Panes; pane++)
        {
            (panes[pane], digests[pane], hdrs[pane]) = (new QuantileSketch(), new TDigest(), new HdrCounts(HdrHighest));
            panes[pane].Add(values.AsSpan(pane * PaneLength, PaneLength));
            foreach (var value in values.AsSpan(pane * PaneLength, PaneLength)) digests[pane].Add(value);
            foreach (var value in whole.AsSpan(pane * PaneLength, PaneLength)) hdrs[pane].Record(value);
            // Sorts what is still in its buffer, which belongs to inserting.
            _sink += digests[pane].Quantile(0.5);
        }
        var (merged, digest, hdr, sliding) = (new QuantileSketch(), new TDigest(), new HdrCounts(HdrHighest), new SlidingSketch(Panes));
        foreach (var pane in panes)
        {
            var copy = new QuantileSketch();
            pane.CopyTo(copy);
            sliding.Push(copy);
        }
        var next = new QuantileSketch();
        panes[0].CopyTo(next);

        // Each piece of work is a window over all panes: so many merges, or so many slides by one pane with a p99 after each.
        const int repeats = 50;
        var times = Interleaved(
            run, repeats * Panes,
            () => Repeat(repeats, () => { merged.Clear(); foreach (var pane in panes) merged.Merge(pane); return merged.Count; }),
            () => Repeat(repeats, () => { digest.Clear(); foreach (var pane in digests) digest.Merge(pane); return digest.Quantile(0.99); }),
            () => Repeat(repeats, () => { hdr.Clear(); foreach (var pane in hdrs) hdr.Add(pane); return hdr.Total; }),
            () => Repeat(repeats, () => { for (var i = 0; i < Panes; i++) { next = sliding.Push(next)!; _sink += sliding.Total.Quantile(0.99); } return sliding.Total.Count; }),
            () => Repeat(repeats, () => { merged.Clear(); foreach (var pane in panes) merged.Merge(pane); return merged.Quantile(0.99); }),
            () => Repeat(repeats, () => { hdr.Clear(); foreach (var pane in hdrs) hdr.Add(pane); return hdr.ValueAt(0.99); }));
        AssertAgree(data, values, sliding.Total.Quantile(0.99), merged.Quantile(0.99), digest.Quantile(0.99), hdr.ValueAt(0.99));
        run.Add(new Measurement($"merge, {data}", "ns", times[0]).Against(Digest, times[1]).RatioAtMost(1 / 20.0));
        run.Add(new Measurement($"merge, {data}", "ns", times[0]).Against(Hdr, times[2]).RatioAtMost(1 / 20.0));
        var slide = new Measurement($"slide of {Panes} panes and p99, {data}", "ns", times[3]);
        run.Add((slide with { Note = "Against merging all panes of the same sketch anew for every slide." }).Against("re-merge of sketches", times[4] * Panes).RatioAtMost(1 / 50.0));
        run.Add(slide.Against("re-merge of t-digests", times[1] * Panes).RatioAtMost(1 / 50.0));
        run.Add(slide.Against("re-merge of HDR histograms", times[5] * Panes).RatioAtMost(1 / 50.0));
    }

    /// <summary>Nanoseconds for each of so many operations: medians of rounds in which the contestants take turns, after a warm-up.</summary>
    private static double[] Interleaved(Run run, int operations, params Action[] contestants)
    {
        var times = contestants.Select(_ => new List<double>()).ToArray();
        // Tiered compilation needs many calls and some time to come to its best, more so on a busy machine.
        var warm = Stopwatch.GetTimestamp();
        for (var round = -20; round < 2 * run.Rounds; round++)
        {
            if (round == -1 && Stopwatch.GetElapsedTime(warm).TotalSeconds < 1.5) round--;
            for (var i = 0; i < contestants.Length; i++)
            {
                var from = Stopwatch.GetTimestamp();
                contestants[i]();
                if (round >= 0) times[i].Add(Stopwatch.GetElapsedTime(from).TotalNanoseconds / operations);
            }
        }
        return times.Select(Statistics.Median).ToArray();
    }

    private static void Repeat(int times, Func<double> work)
    {
        for (var i = 0; i < times; i++) _sink += work();
    }

    /// <summary>Whoever is fast by being wrong is found out: all must come within 5 % of the exact p99.</summary>
    private static void AssertAgree(string data, double[] values, params double[] quantiles)
    {
        var exact = values.Order().ElementAt((int)(0.99 * (values.Length - 1)));
        if (Array.Exists(quantiles, quantile => Math.Abs(quantile - exact) > 0.05 * exact))
        {
            throw new InvalidOperationException($"The p99 of {data} is {exact}; the contestants say {string.Join(", ", quantiles)}.");
        }
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
