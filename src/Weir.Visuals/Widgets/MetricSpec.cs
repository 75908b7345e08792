namespace Weir.Visuals.Widgets;

/// <summary>One value over time: the newest as a number, the rest as a line.</summary>
public sealed record MetricSpec(string Id) : WidgetSpec(Id, "metric")
{
    public string? Unit { get; init; }

    public string? Color { get; init; }

    /// <summary>Length of the windows that <see cref="WidgetSpec.Series"/> aggregates over, such as <c>10s</c>; null for points as they came.</summary>
    public string? Window { get; init; }

    /// <summary>How the points of a window become one, such as <c>avg</c>.</summary>
    public string? Aggregation { get; init; }

    /// <summary>Ascending by value; null for none.</summary>
    public IReadOnlyList<Threshold>? Thresholds { get; init; }

    public bool Smooth { get; init; }

    public bool Area { get; init; }

    /// <summary>Lower end of the y axis; by the data when null.</summary>
    public double? Min { get; init; }

    /// <summary>Upper end of the y axis; by the data when null.</summary>
    public double? Max { get; init; }
}
