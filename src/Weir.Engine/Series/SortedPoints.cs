namespace Weir.Engine.Series;

/// <summary>Points in rising time, none twice.</summary>
internal readonly record struct SortedPoints(long[] Times, double[] Values)
{
    /// <summary>Points given in any order; of those with one time the last given stays.</summary>
    public static SortedPoints Of(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        if (IsRising(times)) return new(times.ToArray(), values.ToArray());
        var (sorted, order) = (times.ToArray(), new int[times.Length]);
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(sorted, order);
        var (into, count) = (new double[sorted.Length], 0);
        for (var i = 0; i < sorted.Length;)
        {
            // The sort is not stable: the last given is the one with the largest index.
            var (time, last) = (sorted[i], order[i]);
            for (i++; i < sorted.Length && sorted[i] == time; i++) last = Math.Max(last, order[i]);
            (sorted[count], into[count]) = (time, values[last]);
            count++;
        }
        return new(sorted[..count], into[..count]);
    }

    private static bool IsRising(ReadOnlySpan<long> times)
    {
        for (var i = 1; i < times.Length; i++)
        {
            if (times[i] <= times[i - 1]) return false;
        }
        return true;
    }
}
