namespace Weir.Engine.Windows;

/// <summary>Tumbling windows lie side by side on the Unix epoch: a time <c>t</c> belongs to the window that starts at <c>floor(t / length) · length</c>.</summary>
public static class Tumbling
{
    public static long StartOf(long time, long length)
    {
        var remainder = time % length;
        return time - (remainder < 0 ? remainder + length : remainder);
    }

    /// <summary>The plain twin of <see cref="WindowedSeries"/>: all windows of sorted points at once, those without a point left out.</summary>
    public static List<(long Start, double Value)> Batch(
        ReadOnlySpan<long> times, ReadOnlySpan<double> values, long length, Aggregation aggregation)
    {
        var windows = new List<(long Start, double Value)>();
        var previous = double.NaN;
        var i = 0;
        while (i < times.Length)
        {
            var start = StartOf(times[i], length);
            var state = new WindowState(previous);
            for (; i < times.Length && times[i] < start + length; i++) state.Add(values[i]);
            windows.Add((start, state.Result(aggregation, length / 1e9)));
            previous = state.Previous;
        }
        return windows;
    }
}
