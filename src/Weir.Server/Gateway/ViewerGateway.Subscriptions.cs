using Weir.Engine;
using Weir.Engine.Access;
using Weir.Engine.Time;
using Weir.Engine.Views;

namespace Weir.Server.Gateway;

/// <summary>What viewers ask for.</summary>
public sealed partial class ViewerGateway
{
    private void Apply(Viewer viewer, ViewerMessage message)
    {
        if (viewer.IsGone) return;
        viewer.HasNews = true;
        switch (message)
        {
            case ViewerMessage.Subscribe subscribe:
                foreach (var request in subscribe.Views) Subscribe(viewer, request, subscribe.ResumeFrom);
                break;
            case ViewerMessage.Unsubscribe unsubscribe:
                foreach (var key in unsubscribe.Keys) RemoveSubscription(viewer, key);
                break;
            case ViewerMessage.Pause:
                SetPaused(viewer, true);
                break;
            case ViewerMessage.Resume:
                SetPaused(viewer, false);
                break;
        }
    }

    private void Subscribe(Viewer viewer, ViewRequest request, ResumePoint? resume)
    {
        try
        {
            var subscription = SubscriptionFor(viewer, request, resume);
            RemoveSubscription(viewer, request.Key);
            viewer.Subscriptions.Add(subscription);
            viewer.ByKey.Add(request.Key, subscription);
            if (viewer.IsPaused) subscription.SetPaused(true);
        }
        catch (SubscriptionException e)
        {
            Interlocked.Increment(ref Counters.RefusedMessagesCount);
            viewer.AddError(new ViewerError(e.Code, e.Message, request.Key));
        }
    }

    /// <summary>All who look at a view get another one of the same.</summary>
    private void Replace(ColumnsView view)
    {
        _views.Retire(view);
        foreach (var looker in view.Lookers.All)
        {
            if (looker is not ColumnsSubscription { Viewer: var viewer } subscription) continue;
            Subscribe(viewer, subscription.Request, resume: null);
            viewer.HasNews = true;
        }
    }

    private Subscription SubscriptionFor(Viewer viewer, ViewRequest request, ResumePoint? resume)
    {
        if (viewer.Subscriptions.Count >= ViewerMessageReader.ViewsMax && !viewer.ByKey.ContainsKey(request.Key))
        {
            throw new SubscriptionException("too-many", $"A connection may have {ViewerMessageReader.ViewsMax} subscriptions; unsubscribe from some first.");
        }
        if (request.IsQuery) return ColumnsFor(viewer, request, [request.Key], resume);
        var widget = viewer.Dashboard.FindWidget(request.Key);
        if (widget is null)
        {
            var hint = Spelling.Suggest(request.Key, viewer.Dashboard.Widgets.Select(known => known.Id));
            throw new SubscriptionException("unknown-widget", $"There is no widget '{request.Key}'{(hint.Length > 0 ? hint : ".")}");
        }
        return widget switch
        {
            SeriesWidgetOptions series => ColumnsFor(viewer, request, series.Queries, resume),
            RowsWidgetOptions { Table: { } table } rows => RowsFor(viewer, request, rows, table),
            _ => throw new SubscriptionException("bad-message", $"Widget '{request.Key}' is a {widget.Kind}, which shows no data."),
        };
    }

    private RowsSubscription RowsFor(Viewer viewer, ViewRequest request, RowsWidgetOptions widget, string name)
    {
        if (!viewer.Scope.CanRead(name)) throw new SubscriptionException("forbidden", $"Table '{name}' may not be read with this access.");
        if (request.Sort is not null && _engine.Tables.ReadableBy(viewer.Scope).Find(name) is { } table && table.Columns.All(column => column.Name != request.Sort))
        {
            var names = table.Columns.Select(column => column.Name).ToArray();
            throw new SubscriptionException(
                "bad-message", $"Table '{table.Name}' has no column '{request.Sort}'. It has {string.Join(", ", names)}{Spelling.Suggest(request.Sort, names)}");
        }
        if (request.Filter is not null && widget is TableOptions { Filterable: false })
        {
            throw new SubscriptionException("bad-message", $"Table widget '{widget.Id}' is not filterable; set \"filterable\" on it to allow \"filter\".");
        }
        var view = _tableViews.Enter(new TableViewKey(name, request.Sort, request.Sort is not null && request.Descending, request.Filter, (widget as LogOptions)?.Level));
        view.Refresh();
        return new RowsSubscription(viewer, request.Key, view, _tableViews, request);
    }

    private ColumnsSubscription ColumnsFor(Viewer viewer, ViewRequest request, IReadOnlyList<string> queries, ResumePoint? resume)
    {
        ColumnsView? view;
        try
        {
            var length = request.From is { } from ? request.To!.Value - from : request.Range;
            if (!_views.TryEnter(ViewKey.For(viewer.Scope, queries, request.From, length, request.Width), viewer.Transport.IsBinary, out view))
            {
                throw new SubscriptionException("too-many", $"The server shows {ViewCatalog.ViewsMax} different views already; try again later.");
            }
        }
        catch (ArgumentException e)
        {
            throw new SubscriptionException("bad-query", e.Message);
        }
        var now = UnixTime.Now(_time);
        view.LookAgain();
        Refresh(view, now);
        ColumnsSubscription subscription = viewer.Transport.IsBinary
            ? new BlocksSubscription(viewer, request, view, _views)
            : new PointsSubscription(viewer, request, view, _views);
        subscription.Begin(resume?.Epoch == Epoch ? resume.For(request.Key, view.Sequence) : null, now);
        return subscription;
    }

    private static void SetPaused(Viewer viewer, bool isPaused)
    {
        if (viewer.IsPaused == isPaused) return;
        viewer.IsPaused = isPaused;
        foreach (var subscription in viewer.Subscriptions) subscription.SetPaused(isPaused);
    }

    private static void RemoveSubscription(Viewer viewer, string key)
    {
        if (!viewer.ByKey.Remove(key, out var subscription)) return;
        subscription.Leave();
        viewer.Subscriptions.Remove(subscription);
    }

    /// <summary>A subscription that cannot be, and why; goes to the viewer as an error message.</summary>
    private sealed class SubscriptionException(string code, string message) : Exception(message)
    {
        public string Code => code;
    }
}
