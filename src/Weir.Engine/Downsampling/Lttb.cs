using System.Buffers;
using System.Runtime.InteropServices;
using Weir.Engine.Downsampling.Lanes;

namespace Weir.Engine.Downsampling;

/// <summary>
/// Largest triangle three buckets: of each run the point that makes the largest triangle with the one kept before and the mean of the next run
/// (S. Steinarsson, "Downsampling Time Series for Visual Representation", University of Iceland, 2013). It keeps the look of a line with few points, and not every
/// spike; <see cref="M4"/> is exact.
/// </summary>
public static class Lttb
{
    /// <summary>
    /// How many candidates there are for each point kept: with four the result can hardly be told from looking at every point, which is then the
    /// work of <see cref="MinMax"/> at the speed of memory (Van Der Donckt et al., "MinMaxLTTB", IEEE VIS 2023).
    /// </summary>
    public const int CandidatesPerPoint = 4;

    /// <summary>Writes the positions of the points to keep, rising and each once, and says how many.</summary>
    /// <param name="times">Unix nanoseconds, rising.</param>
    /// <param name="values">As many; NaN and infinities are never kept, save that the first and the last point always are.</param>
    /// <param name="positions">Receives them; as many as are to be kept, 3 or more.</param>
    public static int Select(ReadOnlySpan<long> times, ReadOnlySpan<double> values, Span<int> positions) => Select(times, values, positions, LaneWidths.Widest);

    internal static int Select(ReadOnlySpan<long> times, ReadOnlySpan<double> values, Span<int> positions, LaneWidth width)
    {
        Require(times, values, positions);
        var buckets = positions.Length * CandidatesPerPoint / 2;
        if (values.Length <= 2 * buckets) return SelectPlainly(times, values, positions);
        var candidates = ArrayPool<int>.Shared.Rent(2 * buckets + 2);
        try
        {
            candidates[0] = 0;
            var count = 1 + MinMax.Select(values[1..^1], buckets, candidates.AsSpan(1), width);
            for (var i = 1; i < count; i++) candidates[i]++;
            candidates[count++] = values.Length - 1;
            return Select(times, values, candidates.AsSpan(0, count), positions);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(candidates);
        }
    }

    /// <summary>The same over every finite point.</summary>
    internal static int SelectPlainly(ReadOnlySpan<long> times, ReadOnlySpan<double> values, Span<int> positions)
    {
        Require(times, values, positions);
        var all = new List<int>(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (i == 0 || i == values.Length - 1 || double.IsFinite(values[i])) all.Add(i);
        }
        return Select(times, values, CollectionsMarshal.AsSpan(all), positions);
    }

    private static int Select(ReadOnlySpan<long> times, ReadOnlySpan<double> values, ReadOnlySpan<int> candidates, Span<int> positions)
    {
        if (candidates.Length <= positions.Length)
        {
            candidates.CopyTo(positions);
            return candidates.Length;
        }
        var (runs, inner) = (positions.Length - 2, candidates.Length - 2);
        positions[0] = candidates[0];
        for (var run = 0; run < runs; run++)
        {
            var end = Edge(run + 1);
            var next = run + 1 < runs ? candidates[end..Edge(run + 2)] : candidates[^1..];
            positions[run + 1] = LargestTriangle(times, values, positions[run], candidates[Edge(run)..end], next);
        }
        positions[^1] = candidates[^1];
        return positions.Length;

        int Edge(int run) => 1 + (int)((long)run * inner / runs);
    }

    private static int LargestTriangle(ReadOnlySpan<long> times, ReadOnlySpan<double> values, int kept, ReadOnlySpan<int> run, ReadOnlySpan<int> next)
    {
        // Times as distances from the point kept: doubles hold those exactly where Unix nanoseconds would be rounded.
        var (origin, height) = (times[kept], FiniteOrZero(values[kept]));
        var (meanTime, meanValue) = (0.0, 0.0);
        foreach (var position in next) (meanTime, meanValue) = (meanTime + (times[position] - origin), meanValue + FiniteOrZero(values[position]));
        (meanTime, meanValue) = (meanTime / next.Length, meanValue / next.Length);
        var (best, largest) = (run[0], -1.0);
        foreach (var position in run)
        {
            var area = Math.Abs((times[position] - origin) * (meanValue - height) - meanTime * (values[position] - height));
            if (area > largest) (best, largest) = (position, area);
        }
        return best;
    }

    private static double FiniteOrZero(double value) => double.IsFinite(value) ? value : 0;

    private static void Require(ReadOnlySpan<long> times, ReadOnlySpan<double> values, Span<int> positions)
    {
        if (values.Length != times.Length) throw new ArgumentException($"There are {times.Length} times and {values.Length} values; each point has one of both.", nameof(values));
        if (positions.Length < 3) throw new ArgumentException($"There is room for {positions.Length} positions; at least 3 are kept.", nameof(positions));
    }
}
