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
