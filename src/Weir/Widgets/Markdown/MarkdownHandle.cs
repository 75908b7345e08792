using Weir.Engine.Tables;
using Weir.Visuals.Text;

namespace Weir;

/// <summary>Markdown that each send replaces.</summary>
public sealed class MarkdownHandle : WidgetHandle
{
    private readonly RowTable _table;

    internal MarkdownHandle(Dashboard dashboard, string id)
        : base(dashboard, id, "markdown") => _table = dashboard.Engine.Tables.ResolveText(id, MarkdownJson.BytesMax);

    /// <summary>
    /// Shows this Markdown: CommonMark with tables, strikethrough and bare links. Raw HTML is shown as text. Links lead to http, https, mailto
    /// and relative addresses only; images are their words, or a PNG, JPEG, GIF or WebP in a data URL. Over 4,096 characters it is cut and ends in "…".
    /// </summary>
    public void Send(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _table.Send(MarkdownJson.Serialize(text));
        Dashboard.NoteSend();
    }
}
