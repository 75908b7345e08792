using System.Diagnostics;
using Weir.Engine.Windows;
using Weir.Engine.Windows.States;

namespace Weir.Bench.Engine;

/// <summary>
/// A window of 60 panes slides by one: a pane leaves, one comes with its points, the result is asked for. Against merging all 60 panes anew, with the same
/// states; and, for sums and maxima, against what a plain loop over 60 doubles costs.
/// </summary>
internal static class Windows
{
    private const int Panes = 60;
    private const int PointsPerPane = 16;

    public static Task RunAsync(Run run)
    {
        var slides = run.IsQuick ? 20_000 : 100_000;
        foreach (var (name, values) in DataSets(slides * PointsPerPane))
        {
            foreach (var aggregation in new[] { "sum", "stddev", "max", "p99", "distinct" })
            {
                var spec = WindowSpec.Parse("60s/1s", aggregation);
                Compare(run, $"slide of {Panes} panes, {aggregation}, {name}", "re-merge of all panes", () => Slide(spec, values), () => Remerge(spec, values), slides);
            }
            Compare(run, $"slide of {Panes} panes, sum, {name}", "60 plain sums, rounded", () => Slide(WindowSpec.Parse("60s/1s", "sum"), values), () => PlainSums(values), slides);
            Compare(run, $"slide of {Panes} panes, max, {name}", "60 plain maxima", () => Slide(WindowSpec.Parse("60s/1s", "max"), values), () => PlainMaxima(values), slides);
        }
        return Task.CompletedTask;
    }

    private static void Compare(Run run, string name, string peer, Func<double> ours, Func<double> theirs, int slides)
    {
        var (a, b) = (ours(), theirs());
        if (Math.Abs(a - b) > 1e-6 * Math.Abs(a)) throw new InvalidOperationException($"{name}: the results differ, {a:R} and {b:R}.");
        // Until the compiler has done all it will.
        for (var i = 0; i < 3; i++) (a, b) = (ours(), theirs());
        var (oursTimes, theirTimes) = (new List<double>(), new List<double>());
        for (var round = 0; round < run.Rounds; round++)
        {
            oursTimes.Add(Nanoseconds(ours, slides));
            theirTimes.Add(Nanoseconds(theirs, slides));
        }
        run.Add(new Measurement(name, "ns/slide", Statistics.Median(oursTimes))
        {
            Note = $"{PointsPerPane} points a pane, adding them included on both sides; interleaved rounds, medians. Both sides give the same results.",
        }.Against(peer, Statistics.Median(theirTimes)));
    }

    private static double Nanoseconds(Func<double> work, int slides)
    {
        var start = Stopwatch.GetTimestamp();
        var result = work();
        var elapsed = Stopwatch.GetElapsedTime(start);
        GC.KeepAlive(result);
        return elapsed.TotalNanoseconds / slides;
    }

    /// <summary>The sum of all results, so that none can be left out.</summary>
    private static double Slide(WindowSpec spec, double[] values)
    {
        var window = new PaneWindow(AggregateState.MakerFor(spec), Panes);
        var (sum, previous) = (0.0, double.NaN);
        for (var pane = 0; pane < values.Length / PointsPerPane; pane++)
        {
            window.Leave(pane + 1 - Panes);
            window.Open(pane, previous);
            foreach (var value in values.AsSpan(pane * PointsPerPane, PointsPerPane))
            {
                window.Add(value, previous);
                previous = value;
            }
            sum += window.Result(60);
            window.Forget(pane - Panes);
        }
        return sum;
    }

    private static double Remerge(WindowSpec spec, double[] values)
    {
        var make = AggregateState.MakerFor(spec);
        var panes = Enumerable.Range(0, Panes).Select(_ => make()).ToArray();
        var total = make();
        var (sum, previous) = (0.0, double.NaN);
        for (var pane = 0; pane < values.Length / PointsPerPane; pane++)
        {
            var newest = panes[pane % Panes];
            newest.Clear();
            foreach (var value in values.AsSpan(pane * PointsPerPane, PointsPerPane))
            {
                newest.Add(value, previous);
                previous = value;
            }
            total.Clear();
            for (var i = Math.Max(0, pane + 1 - Panes); i <= pane; i++) total.Merge(panes[i % Panes]);
            sum += total.Result(60);
        }
        return sum;
    }

    private static double PlainSums(double[] values) => Plain(values, 0, static (a, b) => a + b, static panes =>
    {
        var sum = 0.0;
        foreach (var pane in panes) sum += pane;
        return sum;
    });

    private static double PlainMaxima(double[] values) => Plain(values, double.NegativeInfinity, Math.Max, static panes =>
    {
        var max = double.NegativeInfinity;
        foreach (var pane in panes) max = Math.Max(max, pane);
        return max;
    });

    private delegate double PaneMerge(ReadOnlySpan<double> panes);

    private static double Plain(double[] values, double start, Func<double, double, double> add, PaneMerge merge)
    {
        var panes = new double[Panes];
        var sum = 0.0;
        for (var pane = 0; pane < values.Length / PointsPerPane; pane++)
        {
            var newest = start;
            foreach (var value in values.AsSpan(pane * PointsPerPane, PointsPerPane)) newest = add(newest, value);
            panes[pane % Panes] = newest;
            sum += merge(panes.AsSpan(0, Math.Min(pane + 1, Panes)));
        }
        return sum;
    }

    private static (string Name, double[] Values)[] DataSets(int count)
    {
        var random = new Random(1);
        var (gauge, walk, bursts) = (new double[count], new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            gauge[i] = Math.Round(50 + 30 * Math.Sin(i / 500.0) + random.NextDouble() * 5, 2);
            walk[i] = (i == 0 ? 1000 : walk[i - 1]) + random.NextDouble() - 0.5;
            bursts[i] = i / 64 % 7 == 0 ? random.Next(1, 5000) : random.Next(3);
        }
        return [("gauge with two decimals", gauge), ("random walk", walk), ("bursty integers", bursts)];
    }
}
