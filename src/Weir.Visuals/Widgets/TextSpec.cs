using System.ComponentModel;
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

/// <summary>Text that can be replaced.</summary>
public sealed record TextSpec(string Id) : WidgetSpec(Id, "text")
{
    [DefaultValue(TextStyle.Body)]
    public TextStyle Style { get; init; } = TextStyle.Body;
}

/// <summary>Markdown that can be replaced.</summary>
public sealed record MarkdownSpec(string Id) : WidgetSpec(Id, "markdown")
{
    [DefaultValue(TextStyle.Body)]
    public TextStyle Style { get; init; } = TextStyle.Body;
}
