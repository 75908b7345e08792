using System.Collections.Concurrent;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Engine.Windows;

namespace Weir.Engine;

/// <summary>Windows over series, kept as further series.</summary>
public sealed partial class TimeSeriesEngine
{
    private readonly Dictionary<TimeSeries, List<WindowedSeries>> _windows = [];
    private readonly ConcurrentDictionary<TimeSeries, WindowedSeries> _windowOf = new();

    /// <summary>
    /// The series that holds an aggregation of <paramref name="source"/> over tumbling windows: one point a window, at its start, corrected while
    /// the window is open and when late points come. What the source already has is in it after the next round.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is no duration or the aggregation none of those defined.</exception>
    public TimeSeries Window(TimeSeries source, Duration length, Aggregation aggregation) => Window(source, WindowSpec.Tumbling(length, aggregation));

    /// <summary>The same over any windows: tumbling, hopping or sliding; where their points stand is told at <see cref="WindowSpec"/>.</summary>
    public TimeSeries Window(TimeSeries source, WindowSpec spec)
    {
        lock (_roundGate)
        {
            if (!_windows.TryGetValue(source, out var windows)) _windows.Add(source, windows = []);
            if (windows.Find(window => window.Spec == spec) is { } known) return known.Output;
            var output = Resolve(new SeriesKey($"{source.Key.Name}:{spec}", source.Key.Labels));
            var added = new WindowedSeries(source, output, spec);
            windows.Add(added);
            _windowOf[output] = added;
            if (!source.IsInRound) Enter(source);
            return output;
        }
    }

    /// <summary>
    /// Points of a series before this time (Unix nanoseconds) are final: nothing that the engine still takes changes them. The points of windows
    /// from there on are provisional; a window is final when the newest point of its source lies past its end by the lateness.
    /// </summary>
    public long FinalBefore(TimeSeries series)
    {
        if (_windowOf.TryGetValue(series, out var window)) return window.FinalBefore;
        var (last, lateness) = (series.Snapshot.LastTime, Options.Lateness.Nanoseconds);
        return last > long.MinValue + lateness ? last - lateness : long.MinValue;
    }

    private void RunWindows()
    {
        // Outputs join the list as they change, so windows over windows work in the same round.
        for (var i = 0; i < _changed.Count; i++)
        {
            if (!_windows.TryGetValue(_changed[i], out var windows)) continue;
            foreach (var window in windows)
            {
                if (!window.Output.IsInRound) Enter(window.Output);
                window.Run(FinalBefore(_changed[i]));
                // The source has decided what is too late; a window that a point it took falls into is corrected, however far back.
                EndRound(window.Output, lateness: long.MaxValue);
            }
        }
    }
}
