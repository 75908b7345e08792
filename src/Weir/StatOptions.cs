using Weir.Options;
using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>How a stat looks.</summary>
public sealed record StatOptions : WidgetOptions
{
    /// <summary>A unit as of <see cref="MetricOptions.Unit"/>.</summary>
    public string? Unit { get; init; }

    /// <summary>A .NET or d3 number format of up to 32 characters, such as <c>N1</c> or <c>.1f</c>; by size and unit when null.</summary>
    public string? Format { get; init; }

    /// <summary>Shows the difference to before.</summary>
    public bool Delta { get; init; } = true;

    /// <summary>Whether a rise is good, bad or neither.</summary>
    public DeltaColor DeltaColor { get; init; }

    /// <summary>Shows a small line under the number.</summary>
    public bool Sparkline { get; init; } = true;

    internal override void Validate(OptionRules rules)
    {
        base.Validate(rules);
        rules.Text(nameof(Unit), Unit, 16);
        rules.Text(nameof(Format), Format, 32);
    }

    internal StatSpec ToSpec(string id) => new(id)
    {
        Title = Title, Help = Help, Span = Span, Series = [id], Unit = Unit, Format = Format, Delta = Delta, DeltaColor = DeltaColor, Sparkline = Sparkline,
    };
}
