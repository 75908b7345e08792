using Weir.Options;
using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>How a gauge looks.</summary>
public sealed record GaugeOptions : WidgetOptions
{
    /// <summary>A unit as of <see cref="MetricOptions.Unit"/>.</summary>
    public string? Unit { get; init; }

    public double Min { get; init; }

    /// <summary>Above <see cref="Min"/>.</summary>
    public double Max { get; init; } = 100;

    /// <summary>From here on the value is a warning.</summary>
    public double? Warning { get; init; }

    /// <summary>From here on the value is critical.</summary>
    public double? Critical { get; init; }

    /// <summary>Any number of further zones.</summary>
    public IReadOnlyList<Threshold>? Thresholds { get; init; }

    public GaugeShape Shape { get; init; }

    internal override void Validate(OptionRules rules)
    {
        base.Validate(rules);
        rules.Text(nameof(Unit), Unit, 16);
        rules.Finite(nameof(Warning), Warning);
        rules.Finite(nameof(Critical), Critical);
        rules.Thresholds(Thresholds);
        rules.Ends(Min, Max);
    }

    internal GaugeSpec ToSpec(string id) => new(id)
    {
        Title = Title, Help = Help, Span = Span, Series = [id], Unit = Unit, Min = Min, Max = Max, Shape = Shape,
        Thresholds = ThresholdOptions.Merge(Thresholds, Warning, Critical),
    };
}
