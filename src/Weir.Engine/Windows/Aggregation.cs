namespace Weir.Engine.Windows;

/// <summary>How the points of a window become one value. NaN and infinities are left out; an empty window has no value (NaN; a count of 0).</summary>
public enum Aggregation
{
    Sum,
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
}

public static class Aggregations
{
    /// <exception cref="ArgumentException">No aggregation has that name; the message lists them and the nearest.</exception>
    public static Aggregation Parse(string name)
    {
        var names = Enum.GetNames<Aggregation>().Select(n => n.ToLowerInvariant()).ToArray();
        // Not Enum.Parse, which takes numbers and lists of names as well.
        var index = Array.FindIndex(names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (index >= 0) return Enum.GetValues<Aggregation>()[index];
        throw new ArgumentException(
            $"'{name}' is not an aggregation. Allowed are {string.Join(", ", names)}{Spelling.Suggest(name, names)}", nameof(name));
    }
}
