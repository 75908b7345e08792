using System.ComponentModel;
using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>The newest value between two ends.</summary>
public sealed record GaugeOptions : ZonedWidgetOptions
{
    public override string Kind => "gauge";

    /// <summary>Lower end of the scale.</summary>
    public double Min { get; init; }

    /// <summary>Upper end of the scale, above <see cref="Min"/>.</summary>
    [DefaultValue(100.0)]
    public double Max { get; init; } = 100;

    /// <summary>What the scale looks like.</summary>
    public GaugeShape Shape { get; init; }

    /// <inheritdoc/>
    public override void Validate(OptionRules rules)
    {
        base.Validate(rules);
        rules.Ends(Min, Max);
    }
}
