using Weir.Engine.Downsampling.Lanes;

namespace Weir.Engine.Downsampling;

/// <summary>Keeps the smallest and the largest finite value of each of equally many points: half the points of <see cref="M4"/>, but lines may join a little elsewhere.</summary>
public static class MinMax
{
    /// <summary>Writes the positions of the points to keep, rising and each once, and says how many.</summary>
    /// <param name="values">All values; NaN and infinities are never kept.</param>
    /// <param name="buckets">Into how many runs to cut; positive. At most two positions a run are written.</param>
    /// <param name="positions">Receives them; at least two a run long.</param>
    public static int Select(ReadOnlySpan<double> values, int buckets, Span<int> positions) => Select(values, buckets, positions, LaneWidths.Widest);

    internal static int Select(ReadOnlySpan<double> values, int buckets, Span<int> positions, LaneWidth width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(buckets);
        if (positions.Length / 2 < buckets) throw new ArgumentException($"There is room for {positions.Length} positions; {buckets} buckets need {2L * buckets}.", nameof(positions));
        var count = 0;
        for (var bucket = 0; bucket < buckets; bucket++)
        {
            var begin = (int)((long)values.Length * bucket / buckets);
            var end = (int)((long)values.Length * (bucket + 1) / buckets);
            var (argMin, argMax) = Extremes.Of(values[begin..end], width);
            if (argMin < 0) continue;
            positions[count++] = begin + Math.Min(argMin, argMax);
            if (argMin != argMax) positions[count++] = begin + Math.Max(argMin, argMax);
        }
        return count;
    }
}
