namespace Weir.Engine.Time;

/// <summary>Binary search in rising times.</summary>
internal static class Search
{
    /// <summary>Index of the first time that is not before <paramref name="time"/>; the length when all are.</summary>
    public static int FirstAtOrAfter(ReadOnlySpan<long> times, long time)
    {
        var (low, high) = (0, times.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (times[middle] < time) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>The same, beginning near <paramref name="from"/>: costs the logarithm of the distance, not of the length.</summary>
    public static int FirstAtOrAfter(ReadOnlySpan<long> times, long time, int from)
    {
        var step = 1;
        var low = from;
        while (low < times.Length && times[low] < time)
        {
            from = low + 1;
            low += step;
            step *= 2;
        }
        var high = Math.Min(low, times.Length);
        return from + FirstAtOrAfter(times[from..high], time);
    }
}
