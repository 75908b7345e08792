using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>Several series over time.</summary>
public sealed record LineChartOptions : ZonedWidgetOptions
{
    public override string Kind => "line";

    /// <summary>Shows the series by name under the chart.</summary>
    [DefaultValue(true)]
    public bool Legend { get; init; } = true;

    /// <summary>Label whose value names a series in the legend; for series of the chart itself that is their name.</summary>
    [StringLength(256, MinimumLength = 1)]
    public string? LegendLabel { get; init; }

    /// <summary>Names the series in the legend by their labels, such as <c>{{host}}: {{core}}</c>; <c>{{__name__}}</c> is the name of the series. By what tells them apart when null.</summary>
    [StringLength(256, MinimumLength = 1)]
    public string? LegendTemplate { get; init; }

    /// <summary>Stacks the series, so that the top line is their sum.</summary>
    public bool Stacked { get; init; }

    /// <summary>Fills the area under each line.</summary>
    public bool Area { get; init; }

    /// <summary>Rounds the lines between points.</summary>
    public bool Smooth { get; init; }

    /// <summary>Marks single points.</summary>
    public bool Points { get; init; }

    /// <summary>The y axis; by the data when null.</summary>
    public ChartAxis? Axis { get; init; }

    /// <summary>What stands beside the y axis: short for that of <see cref="Axis"/>.</summary>
    [JsonIgnore]
    public string? AxisLabel
    {
        get => Axis?.Label;
        init => Axis = Trimmed((Axis ?? new()) with { Label = value });
    }

    /// <summary>Lower end of the y axis: short for that of <see cref="Axis"/>.</summary>
    [JsonIgnore]
    public double? Min
    {
        get => Axis?.Min;
        init => Axis = Trimmed((Axis ?? new()) with { Min = value });
    }

    /// <summary>Upper end of the y axis: short for that of <see cref="Axis"/>.</summary>
    [JsonIgnore]
    public double? Max
    {
        get => Axis?.Max;
        init => Axis = Trimmed((Axis ?? new()) with { Max = value });
    }

    /// <summary>Makes the y axis logarithmic: short for that of <see cref="Axis"/>.</summary>
    [JsonIgnore]
    public bool Log
    {
        get => Axis?.Log ?? false;
        init => Axis = Trimmed((Axis ?? new()) with { Log = value });
    }

    /// <inheritdoc/>
    public override void Validate(OptionRules rules)
    {
        base.Validate(rules);
        rules.Text(nameof(AxisLabel), AxisLabel, 64);
        rules.Ends(Min, Max);
        if (Log && Min <= 0) throw rules.Refuse(nameof(Min), Min, "a number above 0 on a logarithmic axis");
    }

    private static ChartAxis? Trimmed(ChartAxis axis) => axis == new ChartAxis() ? null : axis;
}
