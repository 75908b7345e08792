using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>One large number, its difference to before and a small line.</summary>
public sealed record StatOptions : ZonedWidgetOptions
{
    public override string Kind => "stat";

    /// <summary>A .NET or d3 number format of up to 32 characters, such as <c>N1</c> or <c>.1f</c>; by size and unit when null.</summary>
    [StringLength(32, MinimumLength = 1)]
    public string? Format { get; init; }

    /// <summary>Shows the difference to before.</summary>
    [DefaultValue(true)]
    public bool Delta { get; init; } = true;

    /// <summary>Whether a rise is good, bad or neither.</summary>
    public DeltaColor DeltaColor { get; init; }

    /// <summary>Shows a small line under the number.</summary>
    [DefaultValue(true)]
    public bool Sparkline { get; init; } = true;
}
