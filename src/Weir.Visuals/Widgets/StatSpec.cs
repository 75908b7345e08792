using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Weir.Visuals.Widgets;

/// <summary>What a rise means for the color of the difference.</summary>
public enum DeltaColor
{
    /// <summary>A rise is good.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,

    /// <summary>A rise is bad.</summary>
    [JsonStringEnumMemberName("inverse")]
    Inverse,

    [JsonStringEnumMemberName("off")]
    Off,
}

/// <summary>One large number, its difference to before and a small line.</summary>
public sealed record StatSpec(string Id) : WidgetSpec(Id, "stat")
{
    public string? Unit { get; init; }

    /// <summary>A .NET or d3 number format, such as <c>N1</c> or <c>.1f</c>; by size and unit when null.</summary>
    public string? Format { get; init; }

    [DefaultValue(true)]
    public bool Delta { get; init; } = true;

    public DeltaColor DeltaColor { get; init; }

    [DefaultValue(true)]
    public bool Sparkline { get; init; } = true;
}
