using System.Globalization;

namespace Weir.Engine.Windows;

/// <summary>How the points of a window become one value. NaN and infinities are left out; an empty window has no value (NaN; a count of 0).</summary>
public enum Aggregation
{
    /// <summary>The exact sum, rounded once.</summary>
    Sum,

    /// <summary>The sum by the count.</summary>
    Avg,
    Min,
    Max,
    Count,

    /// <summary>Rise of a running total per second, from the last point before the window; a fall counts as a restart at zero.</summary>
    Rate,
    First,
    Last,

    /// <summary>Last less first.</summary>
    Delta,

    /// <summary>Standard deviation of the population.</summary>
    StdDev,

    /// <summary>The median, within the relative error of <see cref="Sketches.QuantileSketch"/> (1/128), as the other quantiles.</summary>
    P50,
    P90,
    P95,
    P99,

    /// <summary>Any quantile; which one is <see cref="WindowSpec.Quantile"/>.</summary>
    Quantile,

    /// <summary>How many different values, as <see cref="DistinctCount"/> counts them.</summary>
    Distinct,
}

public static class Aggregations
{
    private static readonly string[] Names = Enum.GetNames<Aggregation>().Select(n => n.ToLowerInvariant()).ToArray();

    /// <exception cref="ArgumentException">No aggregation has that name; the message lists them and the nearest.</exception>
    public static Aggregation Parse(string name) => TryParse(name, out var aggregation)
        ? aggregation
        : throw new ArgumentException($"'{name}' is not an aggregation. Allowed are {string.Join(", ", Names)}{Spelling.Suggest(name, Names)}", nameof(name));

    /// <summary>Reads also a percentile such as <c>p99.9</c>, as a quantile of 0.999. The quantile is NaN for what is none.</summary>
    /// <exception cref="ArgumentException">Neither; or a percentile outside 0 to 100.</exception>
    public static (Aggregation Aggregation, double Quantile) ParseWithQuantile(string name)
    {
        if (TryParse(name, out var aggregation) && aggregation != Aggregation.Quantile) return (aggregation, QuantileOf(aggregation));
        if (name is ['p' or 'P', .. var digits] && double.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var percent))
        {
            if (percent is >= 0 and <= 100) return (Aggregation.Quantile, (double)((decimal)percent / 100));
            throw new ArgumentException($"'{name}' is not a percentile: those go from p0 to p100.", nameof(name));
        }
        var allowed = Names.Select(n => n == "quantile" ? "any percentile such as p99.9" : n);
        throw new ArgumentException($"'{name}' is not an aggregation. Allowed are {string.Join(", ", allowed)}{Spelling.Suggest(name, Names)}", nameof(name));
    }

    /// <summary>0.5 for <see cref="Aggregation.P50"/> and so on; NaN for what is no quantile or no certain one.</summary>
    public static double QuantileOf(Aggregation aggregation) => aggregation switch
    {
        Aggregation.P50 => 0.5,
        Aggregation.P90 => 0.9,
        Aggregation.P95 => 0.95,
        Aggregation.P99 => 0.99,
        _ => double.NaN,
    };

    private static bool TryParse(string name, out Aggregation aggregation)
    {
        // Not Enum.Parse, which takes numbers and lists of names as well.
        var index = Array.FindIndex(Names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
        aggregation = index < 0 ? default : Enum.GetValues<Aggregation>()[index];
        return index >= 0;
    }
}
