using System.Text.Json.Serialization;

namespace Weir.Visuals.Themes;

/// <summary>The colors of a dashboard.</summary>
public enum Theme
{
    /// <summary>As the viewer's system has it.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,

    [JsonStringEnumMemberName("dark")]
    Dark,

    [JsonStringEnumMemberName("light")]
    Light,
}
