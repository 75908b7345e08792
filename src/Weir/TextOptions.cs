using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>How a text or markdown looks.</summary>
public sealed record TextOptions : WidgetOptions
{
    public TextStyle Style { get; init; } = TextStyle.Body;

    internal TextSpec ToSpec(string id) => new(id) { Title = Title, Help = Help, Span = Span, Table = id, Style = Style };

    internal MarkdownSpec ToMarkdownSpec(string id) => new(id) { Title = Title, Help = Help, Span = Span, Table = id, Style = Style };
}
