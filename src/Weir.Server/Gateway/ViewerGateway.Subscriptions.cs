using Weir.Engine;
using Weir.Engine.Time;

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
                viewer.IsPaused = true;
                break;
            case ViewerMessage.Resume:
                viewer.IsPaused = false;
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
            var ids = viewer.Dashboard.Widgets.Select(known => known.Id);
            throw new SubscriptionException("unknown-widget", $"There is no widget '{request.Key}'{Spelling.Suggest(request.Key, ids)}.");
        }
        if (widget.Table is null) return SeriesSubscriptionFor(viewer, request, widget.Series, resume);
        var subscription = new TableSubscription(request.Key, widget.Table, _engine.Tables, request);
        if (request.Sort is not null && subscription.Table is { } table && table.Columns.All(column => column.Name != request.Sort))
        {
            var names = table.Columns.Select(column => column.Name).ToArray();
            throw new SubscriptionException(
                "bad-message", $"Table '{table.Name}' has no column '{request.Sort}'{Spelling.Suggest(request.Sort, names)}. It has {string.Join(", ", names)}.");
        }
        return subscription;
    }

    private SeriesSubscription SeriesSubscriptionFor(Viewer viewer, ViewRequest request, IReadOnlyList<string> selectors, ResumePoint? resume)
    {
        SeriesView? view;
        try
        {
            if (!_views.TryEnter(ViewKey.For(selectors, request), viewer.Transport.IsBinary, _sequence, out view))
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
        var known = resume?.Epoch == Epoch && resume.For(request.Key) is { } sequence ? view.ChangedSince(sequence) : null;
        var subscription = new SeriesSubscription(request.Key, request.IsQuery, view) { IsResumed = known is not null };
        subscription.CatchUp = known == long.MaxValue ? null : new CatchUp(view, Math.Max(start, known ?? start), isHistory: known is null);
        subscription.Cursor = view.Sequence;
        return subscription;
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
        if (subscription is SeriesSubscription series) _views.Leave(series.View, viewer.Transport.IsBinary);
    }

    /// <summary>A subscription that cannot be, and why; goes to the viewer as an error message.</summary>
    private sealed class SubscriptionException(string code, string message) : Exception(message)
    {
        public string Code => code;
    }
}
