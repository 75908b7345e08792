using Weir.Engine.Tables;

namespace Weir;

/// <summary>Text that each send replaces.</summary>
public sealed class TextHandle : WidgetHandle
{
    private readonly RowTable _table;

    internal TextHandle(Dashboard dashboard, string id)
        : base(dashboard, id, "text") => _table = dashboard.Engine.Tables.ResolveText(id);

    /// <summary>Shows this text. Over 4,096 characters it is cut and ends in "…".</summary>
    public void Send(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _table.Send(text);
        Dashboard.NoteSend();
    }
}
