using System.ComponentModel.DataAnnotations;
using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>One value over time: the newest as a number, the rest as a line.</summary>
public sealed record MetricOptions : ZonedWidgetOptions
{
    public override string Kind => "metric";

    /// <summary>A color such as <c>#3b82f6</c> or a name of CSS such as <c>orange</c>; the next of the palette when null.</summary>
    public string? Color
    {
        get;
        init => field = CssColor.ToHex(value);
    }

    /// <summary>Points to keep, 1 or more (the newest 1,000 stay in any case); as many as the memory limit allows when null.</summary>
    [Range(1, int.MaxValue)]
    public int? MaxPoints { get; init; }

    /// <summary>Rounds the line between points.</summary>
    public bool Smooth { get; init; }

    /// <summary>Fills the area under the line.</summary>
    public bool Area { get; init; }

    /// <summary>Lower end of the y axis; by the data when null.</summary>
    public double? Min { get; init; }

    /// <summary>Upper end of the y axis; by the data when null.</summary>
    public double? Max { get; init; }

    /// <inheritdoc/>
    public override void Validate(OptionRules rules)
    {
        base.Validate(rules);
        rules.Color(nameof(Color), Color);
        rules.Ends(Min, Max);
    }
}
