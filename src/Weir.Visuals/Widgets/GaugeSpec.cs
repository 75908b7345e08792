using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Weir.Visuals.Widgets;

public enum GaugeShape
{
    [JsonStringEnumMemberName("arc")]
    Arc,

    [JsonStringEnumMemberName("linear")]
    Linear,

    [JsonStringEnumMemberName("ring")]
    Ring,
}

/// <summary>The newest value between two ends.</summary>
public sealed record GaugeSpec(string Id) : WidgetSpec(Id, "gauge")
{
    public string? Unit { get; init; }

    public double Min { get; init; }

    [DefaultValue(100.0)]
    public double Max { get; init; } = 100;

    /// <summary>Ascending by value; null for none.</summary>
    public IReadOnlyList<Threshold>? Thresholds { get; init; }

    public GaugeShape Shape { get; init; }
}
