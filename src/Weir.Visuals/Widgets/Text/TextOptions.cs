using System.ComponentModel;
using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>Text that can be replaced.</summary>
public sealed record TextOptions : RowsWidgetOptions
{
    public override string Kind => "text";

    /// <summary>How large the text is.</summary>
    [DefaultValue(TextStyle.Body)]
    public TextStyle Style { get; init; } = TextStyle.Body;
}
