namespace Weir.Engine.Queries.Evaluation;

/// <summary>What several values come to: one kernel for aggregations over series and for functions over time.</summary>
internal static class Summary
{
    /// <param name="name">sum, avg, min, max, count, group, stddev or stdvar.</param>
    public static Func<ReadOnlySpan<double>, double> Of(string name) => name switch
    {
        "sum" => Sum,
        "avg" => Average,
        "min" => Min,
        "max" => Max,
        "count" => static values => values.Length,
        "group" => static _ => 1,
        "stddev" => static values => Math.Sqrt(Variance(values)),
        "stdvar" => Variance,
        _ => throw new InvalidOperationException($"{name} sums nothing up."),
    };

    /// <summary>
    /// A quantile of values with linear interpolation between ranks, as Prometheus has it: below 0 −∞, above 1 +∞. Sorts the values.
    /// </summary>
    public static double Quantile(double q, Span<double> values)
    {
        if (values.Length == 0 || double.IsNaN(q)) return double.NaN;
        if (q < 0) return double.NegativeInfinity;
        if (q > 1) return double.PositiveInfinity;
        // NaN sorts first.
        values.Sort();
        var rank = q * (values.Length - 1);
        var lower = (int)Math.Floor(rank);
        var upper = Math.Min(values.Length - 1, lower + 1);
        var weight = rank - lower;
        return values[lower] * (1 - weight) + values[upper] * weight;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = default(KahanSum);
        foreach (var value in values) sum.Add(value);
        return sum.Value;
    }

    private static double Average(ReadOnlySpan<double> values)
    {
        var sum = Sum(values);
        if (double.IsFinite(sum))
        {
            // Rounding of the quotient goes with a second pass: the average of equal values is that value, to the last bit.
            var mean = sum / values.Length;
            var rest = default(KahanSum);
            foreach (var value in values) rest.Add(value - mean);
            var corrected = mean + rest.Value / values.Length;
            return double.IsFinite(corrected) ? corrected : mean;
        }
        // The sum may be too large where the average is not.
        var scaled = default(KahanSum);
        foreach (var value in values) scaled.Add(value / values.Length);
        return scaled.Value;
    }

    /// <summary>The smallest; NaN only where nothing else is.</summary>
    private static double Min(ReadOnlySpan<double> values)
    {
        var min = values[0];
        foreach (var value in values)
        {
            if (value < min || double.IsNaN(min)) min = value;
        }
        return min;
    }

    private static double Max(ReadOnlySpan<double> values)
    {
        var max = values[0];
        foreach (var value in values)
        {
            if (value > max || double.IsNaN(max)) max = value;
        }
        return max;
    }

    /// <summary>Of the population, by deviations from the mean: two passes cancel nothing.</summary>
    private static double Variance(ReadOnlySpan<double> values)
    {
        var mean = Average(values);
        var squares = default(KahanSum);
        foreach (var value in values) squares.Add((value - mean) * (value - mean));
        return squares.Value / values.Length;
    }
}
