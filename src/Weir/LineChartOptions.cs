using Weir.Options;
using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>How a line chart looks and what else it shows.</summary>
public sealed record LineChartOptions : WidgetOptions
{
    /// <summary>
    /// Selectors of series that come from elsewhere, shown beside those of the chart: a name, a glob (<c>system.cpu.*</c>), either with label
    /// matchers (<c>{core!="0"}</c>).
    /// </summary>
    public IReadOnlyList<string> Series { get; init; } = [];

    /// <summary>A unit as of <see cref="MetricOptions.Unit"/>.</summary>
    public string? Unit { get; init; }

    public bool Legend { get; init; } = true;

    /// <summary>Label whose value names a series in the legend; for series of the chart itself that is their name.</summary>
    public string? LegendLabel { get; init; }

    /// <summary>Stacks the series, so that the top line is their sum.</summary>
    public bool Stacked { get; init; }

    /// <summary>Fills the area under each line.</summary>
    public bool Area { get; init; }

    public bool Smooth { get; init; }

    /// <summary>Marks single points.</summary>
    public bool Points { get; init; }

    /// <summary>What stands beside the y axis.</summary>
    public string? AxisLabel { get; init; }

    /// <summary>Lower end of the y axis; by the data when null.</summary>
    public double? Min { get; init; }

    /// <summary>Upper end of the y axis; by the data when null.</summary>
    public double? Max { get; init; }

    /// <summary>Makes the y axis logarithmic.</summary>
    public bool Log { get; init; }

    /// <summary>From here on a value is a warning.</summary>
    public double? Warning { get; init; }

    /// <summary>From here on a value is critical.</summary>
    public double? Critical { get; init; }

    /// <summary>Any number of further zones.</summary>
    public IReadOnlyList<Threshold>? Thresholds { get; init; }

    internal override void Validate(OptionRules rules)
    {
        base.Validate(rules);
        rules.Selectors(nameof(Series), Series);
        rules.Text(nameof(Unit), Unit, 16);
        rules.Text(nameof(LegendLabel), LegendLabel, 256);
        rules.Text(nameof(AxisLabel), AxisLabel, 64);
        rules.Finite(nameof(Warning), Warning);
        rules.Finite(nameof(Critical), Critical);
        rules.Thresholds(Thresholds);
        rules.Ends(Min, Max);
        if (Log && Min <= 0) throw rules.Refuse(nameof(Min), Min, "a number above 0 on a logarithmic axis");
    }

    internal LineSpec ToSpec(string id) => new(id)
    {
        Title = Title, Help = Help, Span = Span, Unit = Unit, Legend = Legend, Stacked = Stacked, Area = Area, Smooth = Smooth, Points = Points,
        Series = [LineChartHandle.SelectorOf(id), .. Series],
        LegendLabel = LegendLabel ?? (Series.Count == 0 ? LineChartHandle.SeriesLabel : null),
        Axis = (AxisLabel, Min, Max, Log) is (null, null, null, false) ? null : new ChartAxis(AxisLabel, Min, Max, Log),
        Thresholds = ThresholdOptions.Merge(Thresholds, Warning, Critical),
    };
}
