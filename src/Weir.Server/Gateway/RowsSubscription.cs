using Weir.Engine.Views;

namespace Weir.Server.Gateway;

/// <summary>A viewer's window of a table, log or text.</summary>
internal sealed class RowsSubscription : Subscription
{
    private readonly TableView _view;
    private readonly TableViewCatalog _views;
    private TableRows? _told;
    private bool _isEmptyTold;

    public RowsSubscription(Viewer viewer, string key, TableView view, TableViewCatalog views, ViewRequest request) : base(viewer, key)
    {
        (_view, _views, Request) = (view, views, request);
        view.Lookers.Add(this);
    }

    public ViewRequest Request { get; }

    /// <summary>Whether the viewer knows the columns.</summary>
    public bool IsBegun => _told is not null;

    public override Composed Compose(MessageBuffer to, ComposerSpace space)
    {
        if (_view.Rows is not { } rows)
        {
            if (_isEmptyTold || !_view.IsMissing) return Composed.Nothing;
            _isEmptyTold = true;
            ServerMessages.EmptyWindow(to, Key);
            return Composed.Complete;
        }
        if (ReferenceEquals(rows, _told)) return Composed.Nothing;
        space.Windows.Write(to, this, rows);
        _told = rows;
        return Composed.Complete;
    }

    public override void Leave()
    {
        _view.Lookers.Remove(this);
        _views.Leave(_view);
    }
}
