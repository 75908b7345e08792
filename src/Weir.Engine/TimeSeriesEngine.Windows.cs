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
    private readonly PointBuffer _windowPoints = new();

    /// <summary>Windows kept now.</summary>
    public int WindowCount => _windowOf.Count;

    /// <summary>
    /// The series that holds an aggregation of <paramref name="source"/> over tumbling windows: one point a window, at its start, corrected while
    /// the window is open and when late points come. What the source already has is in it after the next round. Over
    /// <see cref="EngineOptions.WindowsMax"/> it stays empty and is counted (<see cref="EngineCounters.RefusedWindows"/>).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is no duration or the aggregation none of those defined.</exception>
    public TimeSeries Window(TimeSeries source, Duration length, Aggregation aggregation) => Window(source, WindowSpec.Tumbling(length, aggregation));

    /// <summary>The same over any windows: tumbling, hopping or sliding; where their points stand is told at <see cref="WindowSpec"/>.</summary>
    public TimeSeries Window(TimeSeries source, WindowSpec spec)
    {
        lock (_roundGate)
        {
            source = Present(source);
            var output = Resolve(new SeriesKey($"{source.Key.Name}:{spec}", source.Key.Labels));
            if (_windowOf.ContainsKey(output)) return output;
            if (WindowCount == Options.WindowsMax || output.IsOverflow)
            {
                Volatile.Write(ref Counters.RefusedWindowsCount, Counters.RefusedWindowsCount + 1);
                return output;
            }
            var added = new WindowedSeries(source, output, spec);
            if (!_windows.TryGetValue(source, out var windows)) _windows.Add(source, windows = []);
            windows.Add(added);
            _windowOf[output] = added;
            output.IsWithoutRollups = true;
            if (!source.IsInRound) Enter(source);
            return output;
        }
    }

    /// <summary>
    /// Points of a series before this time (Unix nanoseconds) are final: nothing that the engine still takes changes them. The points of windows
    /// from there on are provisional; a window is final when the newest point of its source, or the clock where that point is ahead of
    /// it, lies past its end by the lateness.
    /// </summary>
    public long FinalBefore(TimeSeries series) => FinalBefore(series, UnixTime.Now(Time));

    private long FinalBefore(TimeSeries series, long now)
    {
        if (_windowOf.TryGetValue(series, out var window)) return window.FinalBefore;
        var (last, lateness) = (Math.Min(series.Snapshot.LastTime, now), Options.Lateness.Nanoseconds);
        return last > long.MinValue + lateness ? last - lateness : long.MinValue;
    }

    private void CountBytes(WindowedSeries window)
    {
        var (bytes, counted) = (window.Bytes, window.BytesCounted);
        window.BytesCounted = bytes;
        Volatile.Write(ref Counters.WindowBytesCount, Counters.WindowBytesCount + bytes - counted);
    }

    private void RunWindows(long now)
    {
        // Outputs join the list as they change, so windows over windows work in the same round.
        for (var i = 0; i < _changed.Count; i++)
        {
            if (!_windows.TryGetValue(_changed[i], out var windows)) continue;
            foreach (var window in windows)
            {
                if (!window.Output.IsInRound) Enter(window.Output);
                var missed = window.Run(FinalBefore(_changed[i], now), _windowPoints);
                if (missed > 0) Volatile.Write(ref Counters.MissedByWindowsCount, Counters.MissedByWindowsCount + missed);
                CountBytes(window);
                // The source has decided what is too late; a window that a point it took falls into is corrected, however far back.
                EndRound(window.Output, lateness: long.MaxValue, now);
            }
        }
    }
}
