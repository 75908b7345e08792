using System.ComponentModel;

namespace Weir.Visuals.Widgets;

/// <summary>Several series over time.</summary>
public sealed record LineSpec(string Id) : WidgetSpec(Id, "line")
{
    [DefaultValue(true)]
    public bool Legend { get; init; } = true;

    public bool Stacked { get; init; }

    public bool Area { get; init; }

    public bool Smooth { get; init; }

    /// <summary>Whether single points are marked.</summary>
    public bool Points { get; init; }

    public ChartAxis? Axis { get; init; }

    public string? Unit { get; init; }

    /// <summary>Label whose value names a series in the legend; name and labels when null.</summary>
    public string? LegendLabel { get; init; }

    /// <summary>Ascending by value; null for none.</summary>
    public IReadOnlyList<Threshold>? Thresholds { get; init; }
}

/// <summary>The y axis of a chart.</summary>
/// <param name="Label">What stands beside it.</param>
/// <param name="Min">Lower end; by the data when null.</param>
/// <param name="Max">Upper end; by the data when null.</param>
/// <param name="Log">Whether it is logarithmic.</param>
public sealed record ChartAxis(string? Label = null, double? Min = null, double? Max = null, bool Log = false);
