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
