using System.ComponentModel;
using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>Markdown that can be replaced.</summary>
public sealed record MarkdownOptions : RowsWidgetOptions
{
    public override string Kind => "markdown";

    /// <summary>How large the text is.</summary>
    [DefaultValue(TextStyle.Body)]
    public TextStyle Style { get; init; } = TextStyle.Body;
}
