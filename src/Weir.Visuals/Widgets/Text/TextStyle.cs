using System.Text.Json.Serialization;

namespace Weir.Visuals.Widgets;

public enum TextStyle
{
    [JsonStringEnumMemberName("caption")]
    Caption,

    [JsonStringEnumMemberName("body")]
    Body,

    [JsonStringEnumMemberName("heading")]
    Heading,

    [JsonStringEnumMemberName("title")]
    Title,
}
