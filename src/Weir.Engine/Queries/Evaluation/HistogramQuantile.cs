using System.Globalization;

namespace Weir.Engine.Queries.Evaluation;

/// <summary>
/// A quantile of a classic histogram, linear within its bucket
/// (https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile).
/// </summary>
internal static class HistogramQuantile
{
    /// <summary>The upper bound that a label <c>le</c> writes; NaN where it writes none.</summary>
    public static double Bound(string label) => label switch
    {
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) ? bound : double.NaN,
    };

    /// <param name="q">Below 0 it gives −∞, above 1 +∞.</param>
    /// <param name="buckets">
    /// Upper bounds, rising, with how many values lie at or below; the last bound is +∞, else the result is NaN. Counts read at slightly different times may fall: what
    /// lies below one bound lies below the next as well.
    /// </param>
    public static double Compute(double q, Span<(double Bound, double Count)> buckets)
    {
        if (double.IsNaN(q)) return double.NaN;
        if (q < 0) return double.NegativeInfinity;
        if (q > 1) return double.PositiveInfinity;
        if (buckets.Length < 2 || buckets[^1].Bound != double.PositiveInfinity) return double.NaN;
        MakeRising(buckets);
        if (!(buckets[^1].Count > 0)) return double.NaN;
        var rank = q * buckets[^1].Count;
        var (below, lower) = (0.0, 0.0);
        for (var i = 0; i < buckets.Length - 1; i++)
        {
            var (bound, count) = buckets[i];
            // The second condition is for rank 0 alone: the lowest value lies in the first bucket that has one.
            if (count >= rank && count > below)
            {
                // Nothing says how far down the first bucket reaches when it ends at or below zero.
                if (i == 0 && bound <= 0) return bound;
                return lower + (bound - lower) * ((rank - below) / (count - below));
            }
            (below, lower) = (count, bound);
        }
        return buckets[^2].Bound;
    }

    private static void MakeRising(Span<(double Bound, double Count)> buckets)
    {
        // What rates of equal counts differ by is rounding; as in Prometheus 3.
        const double rounding = 1e-12;
        for (var i = 1; i < buckets.Length; i++)
        {
            if (buckets[i].Count < buckets[i - 1].Count * (1 + rounding)) buckets[i].Count = buckets[i - 1].Count;
        }
    }
}
