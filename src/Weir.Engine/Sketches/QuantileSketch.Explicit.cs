namespace Weir.Engine.Sketches;

/// <summary>From histograms with explicit buckets, as Prometheus and OpenTelemetry have them.</summary>
public sealed partial class QuantileSketch
{
    /// <summary>
    /// A sketch of what a histogram with explicit buckets counted: bucket <c>i</c> the values in <c>(bounds[i − 1], bounds[i]]</c>, the first all up to its bound and the last
    /// all above. The values of a bucket count as one in its middle.
    /// </summary>
    /// <remarks>
    /// Between two bounds of one sign, <c>a</c> nearer to zero than <c>b</c>, the middle is <c>2ab/(a + b)</c>, off by at most <c>(b − a)/(b + a)</c> of the value (a third between powers of two); with the sketch's own
    /// relative error <c>e</c> that makes <c>(1 + (b − a)/(b + a))(1 + e) − 1</c>. Where zero lies inside or at an end, it is halfway, off by at most half the width in absolute terms. The first bucket is taken
    /// to begin at zero when its bound is positive. Where nothing bounds a bucket, its values count as the bound it has, as Prometheus does, and nothing is known of how far they are off.
    /// </remarks>
    /// <param name="bounds">Upper bounds of all buckets but the last, which has none; finite and rising, at least one.</param>
    /// <param name="counts">One more than bounds, each 0 or more, 2^62 together at most.</param>
    /// <param name="sum">The sum of the values, not NaN.</param>
    /// <exception cref="ArgumentException">The histogram contradicts itself; the message says where.</exception>
    public static QuantileSketch FromBuckets(ReadOnlySpan<double> bounds, ReadOnlySpan<long> counts, double sum)
    {
        if (bounds.IsEmpty || counts.Length != bounds.Length + 1)
        {
            throw new ArgumentException($"{bounds.Length} bounds and {counts.Length} counts were given; there must be one bound or more, and one count more than bounds.", nameof(counts));
        }
        if (double.IsNaN(sum)) throw new ArgumentException("The sum is NaN; allowed is any number.", nameof(sum));
        var total = (Int128)0;
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] < 0) throw new ArgumentException($"The count of bucket {i} is {counts[i]}; allowed is 0 or more.", nameof(counts));
            if (i < bounds.Length && !double.IsFinite(bounds[i])) throw new ArgumentException($"Bound {i} is {bounds[i]}; bounds are finite, and the last bucket has none.", nameof(bounds));
            if (i > 0 && i < bounds.Length && bounds[i] <= bounds[i - 1]) throw new ArgumentException($"Bound {i} is {bounds[i]} behind {bounds[i - 1]}; bounds rise.", nameof(bounds));
            total += counts[i];
        }
        if (total > long.MaxValue / 2) throw new ArgumentException($"The counts sum up to {total}; allowed is 2^62.", nameof(counts));
        var sketch = new QuantileSketch();
        for (var i = 0; i < counts.Length; i++) sketch.Add(MiddleOf(i, bounds), counts[i]);
        sketch._lanes = default;
        if (sketch.Count > 0) sketch._lanes[0] = sum;
        return sketch;
    }

    private static double MiddleOf(int bucket, ReadOnlySpan<double> bounds)
    {
        if (bucket == bounds.Length) return bounds[^1];
        var high = bounds[bucket];
        if (bucket == 0 && high <= 0) return high;
        var low = bucket == 0 ? 0 : bounds[bucket - 1];
        // Halves and quotients, so that nothing overflows.
        return low > 0 || high < 0 ? low / (low / 2 + high / 2) * high : low / 2 + high / 2;
    }
}
