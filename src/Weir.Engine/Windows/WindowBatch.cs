using Weir.Engine.Time;
using Weir.Engine.Windows.States;

namespace Weir.Engine.Windows;

/// <summary>
/// The plain twin of <see cref="WindowedSeries"/>: all windows of sorted points at once, each from its own points and nothing else. Those without a
/// point are left out, as are those that event time has not reached.
/// </summary>
public static class WindowBatch
{
    /// <param name="times">Unix nanoseconds, rising.</param>
    /// <param name="values">As many as times.</param>
    /// <param name="spec">Which windows.</param>
    /// <returns>A point a window, where <see cref="WindowSpec"/> says it stands.</returns>
    public static List<(long Time, double Value)> Compute(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowSpec spec)
    {
        var begin = Search.FirstAtOrAfter(times, spec.TimeMin);
        times = times[begin..];
        values = values[begin..];
        var windows = new List<(long, double)>();
        var state = AggregateState.MakerFor(spec)();
        if (spec.Kind == WindowKind.Sliding)
        {
            foreach (var time in times) windows.Add((time, Window(times, values, spec.StartOfWindow(spec.PaneOf(time)), time, spec, state)));
            return windows;
        }
        foreach (var slide in Slides(times, spec))
        {
            windows.Add((slide, Window(times, values, spec.StartOfWindow(slide), slide + spec.SlideNanoseconds - 1, spec, state)));
        }
        return windows;
    }

    /// <summary>The last slides of all windows that hold a point, up to the newest that event time has reached.</summary>
    private static SortedSet<long> Slides(ReadOnlySpan<long> times, WindowSpec spec)
    {
        var slides = new SortedSet<long>();
        foreach (var time in times)
        {
            var reached = spec.SlideOf(times[^1]);
            for (var slide = spec.SlideOf(time); slide <= reached && spec.StartOfWindow(slide) <= time; slide += spec.SlideNanoseconds) slides.Add(slide);
        }
        return slides;
    }

    private static double Window(ReadOnlySpan<long> times, ReadOnlySpan<double> values, long from, long through, WindowSpec spec, AggregateState state)
    {
        state.Clear();
        var first = Search.FirstAtOrAfter(times, from);
        var previous = double.NaN;
        for (var i = first - 1; i >= 0 && double.IsNaN(previous); i--)
        {
            if (double.IsFinite(values[i])) previous = values[i];
        }
        for (var i = first; i < times.Length && times[i] <= through; i++)
        {
            if (!double.IsFinite(values[i])) continue;
            state.Add(values[i], previous);
            previous = values[i];
        }
        return state.Result(spec.Length.Seconds);
    }
}
