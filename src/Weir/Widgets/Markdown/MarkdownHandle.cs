using Weir.Engine.Tables;

namespace Weir;

/// <summary>Markdown that each send replaces.</summary>
public sealed class MarkdownHandle : WidgetHandle
{
    private readonly RowTable _table;

    internal MarkdownHandle(Dashboard dashboard, string id)
        : base(dashboard, id, "markdown") => _table = dashboard.Engine.Tables.ResolveText(id);

    /// <summary>Shows this markdown. Over 4,096 characters it is cut and ends in "…".</summary>
    public void Send(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _table.Send(text);
        Dashboard.NoteSend();
    }
}
