using Weir.Engine;
using Weir.Engine.Time;
using Weir.Engine.Windows;

namespace Weir.Server.Gateway;

/// <summary>What viewers ask for.</summary>
public sealed partial class ViewerGateway
{
    private void Apply(Viewer viewer, ViewerMessage message)
    {
        if (viewer.IsGone) return;
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
            if (viewer.IsPaused && subscription is SeriesSubscription series) series.View.PausedViewers++;
        }
        catch (SubscriptionException e)
        {
            Interlocked.Increment(ref Counters.RefusedMessagesCount);
            viewer.AddError(new ViewerError(e.Code, e.Message, request.Key));
        }
    }

    private Subscription SubscriptionFor(Viewer viewer, ViewRequest request, ResumePoint? resume)
    {
        if (viewer.Subscriptions.Count >= ViewerMessageReader.ViewsMax && viewer.Subscriptions.TrueForAll(other => other.Key != request.Key))
        {
            throw new SubscriptionException("too-many", $"A connection may have {ViewerMessageReader.ViewsMax} subscriptions; unsubscribe from some first.");
        }
        if (request.IsQuery) return SeriesSubscriptionFor(viewer, request, [request.Key], resume);
        var widget = viewer.Dashboard.FindWidget(request.Key);
        if (widget is null)
        {
            var hint = Spelling.Suggest(request.Key, viewer.Dashboard.Widgets.Select(known => known.Id));
            throw new SubscriptionException("unknown-widget", $"There is no widget '{request.Key}'{(hint.Length > 0 ? hint : ".")}");
        }
        if (widget is SeriesWidgetOptions series) return SeriesSubscriptionFor(viewer, request, series.Queries, resume);
        if (widget is not RowsWidgetOptions { Table: { } name }) throw new SubscriptionException("bad-message", $"Widget '{request.Key}' is a {widget.Kind}, which shows no data.");
        if (request.Sort is not null && _engine.Tables.Find(name) is { } table && table.Columns.All(column => column.Name != request.Sort))
        {
            var names = table.Columns.Select(column => column.Name).ToArray();
            throw new SubscriptionException(
                "bad-message", $"Table '{table.Name}' has no column '{request.Sort}'. It has {string.Join(", ", names)}{Spelling.Suggest(request.Sort, names)}");
        }
        return new TableSubscription(request.Key, name, request);
    }

    private SeriesSubscription SeriesSubscriptionFor(Viewer viewer, ViewRequest request, IReadOnlyList<string> selectors, ResumePoint? resume)
    {
        SeriesView? view;
        try
        {
            if (!_views.TryEnter(ViewKey.For(selectors, request), viewer.Transport.IsBinary, ++_sequence, out view))
            {
                throw new SubscriptionException("too-many", $"The server shows {ViewCatalog.ViewsMax} different views already; try again later.");
            }
        }
        catch (ArgumentException e)
        {
            throw new SubscriptionException("bad-query", e.Message);
        }
        var now = UnixTime.Now(_time);
        view.Refresh(++_sequence, now);
        var start = view.Key.StartAt(now);
        var since = resume?.Epoch == Epoch ? resume.For(request.Key, view.Sequence) : null;
        var changed = since is { } sequence ? view.ChangedSince(sequence) : null;
        var subscription = new SeriesSubscription(request.Key, request.IsQuery, view) { IsResumed = changed is not null, Cursor = view.Sequence };
        if (changed != long.MaxValue)
        {
            var from = Tumbling.StartOf(Math.Max(start, changed ?? start), view.Key.Step);
            subscription.CatchUp = new CatchUp(view, Math.Max(start, from), changed is null ? 0 : since!.Value, isHistory: changed is null);
        }
        return subscription;
    }

    private static void SetPaused(Viewer viewer, bool isPaused)
    {
        if (viewer.IsPaused == isPaused) return;
        viewer.IsPaused = isPaused;
        foreach (var subscription in viewer.Subscriptions)
        {
            if (subscription is SeriesSubscription series) series.View.PausedViewers += isPaused ? 1 : -1;
        }
    }

    private void RemoveSubscription(Viewer viewer, string key)
    {
        var index = viewer.Subscriptions.FindIndex(subscription => subscription.Key == key);
        if (index < 0) return;
        Leave(viewer, viewer.Subscriptions[index]);
        viewer.Subscriptions.RemoveAt(index);
    }

    private void Leave(Viewer viewer, Subscription subscription)
    {
        if (subscription is not SeriesSubscription series) return;
        if (viewer.IsPaused) series.View.PausedViewers--;
        _views.Leave(series.View, viewer.Transport.IsBinary);
    }

    /// <summary>A subscription that cannot be, and why; goes to the viewer as an error message.</summary>
    private sealed class SubscriptionException(string code, string message) : Exception(message)
    {
        public string Code => code;
    }
}
