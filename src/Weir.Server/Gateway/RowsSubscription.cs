using Weir.Engine.Views;

namespace Weir.Server.Gateway;

/// <summary>A viewer's window of a table, log or text.</summary>
internal sealed class RowsSubscription(string key, TableView view, TableViewCatalog views, ViewRequest request) : Subscription(key)
{
    private TableRows? _told;
    private bool _isEmptyTold;

    public ViewRequest Request => request;

    /// <summary>Whether the viewer knows the columns.</summary>
    public bool IsBegun => _told is not null;

    public override Composed Compose(Viewer viewer, MessageBuffer to, ComposerSpace space)
    {
        if (view.Rows is not { } rows)
        {
            if (_isEmptyTold || !view.IsMissing) return Composed.Nothing;
            _isEmptyTold = true;
            ServerMessages.EmptyWindow(to, Key);
            return Composed.Complete;
        }
        if (ReferenceEquals(rows, _told)) return Composed.Nothing;
        space.Windows.Write(to, this, rows);
        _told = rows;
        return Composed.Complete;
    }

    public override void Leave(Viewer viewer) => views.Leave(view);
}
