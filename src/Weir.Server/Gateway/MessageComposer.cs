using Weir.Engine;
using Weir.Engine.Time;
using Weir.Engine.Views;

namespace Weir.Server.Gateway;

/// <summary>
/// Decides what a viewer is told next: first who we are and what went wrong, then what its subscriptions mean, then their data.
/// One call makes one message, at most <see cref="MessageBuffer.BytesMax"/> long.
/// </summary>
internal sealed class MessageComposer(TimeSeriesEngine engine, string epoch)
{
    private readonly ComposerSpace _space = new(engine.Time);

    /// <summary>Writes the next message into <paramref name="to"/>; false when there is nothing to say.</summary>
    public bool TryCompose(Viewer viewer, MessageBuffer to, out bool isText)
    {
        isText = true;
        var now = UnixTime.Now(engine.Time);
        if (!viewer.IsGreeted)
        {
            viewer.IsGreeted = true;
            viewer.DashboardVersion = viewer.Dashboard.Version;
            ServerMessages.Hello(to, epoch, now, viewer.Dashboard.Id, viewer.Dashboard.ToJson().Span);
            return true;
        }
        if (viewer.Errors.TryDequeue(out var error))
        {
            ServerMessages.Error(to, error);
            return true;
        }
        if (viewer.DashboardVersion != viewer.Dashboard.Version)
        {
            viewer.DashboardVersion = viewer.Dashboard.Version;
            ServerMessages.Dashboard(to, viewer.Dashboard.Id, viewer.Dashboard.ToJson().Span);
            return true;
        }
        foreach (var subscription in viewer.Subscriptions)
        {
            if (subscription.TryDescribe(to)) return true;
        }
        if (!viewer.IsPaused && TryComposeData(viewer, to, out isText)) return true;
        isText = true;
        if (!viewer.IsHeartbeatDue) return false;
        viewer.IsHeartbeatDue = false;
        ServerMessages.Heartbeat(to, now, Losses.Of(engine), viewer.Conflations);
        return true;
    }

    /// <summary>Each call begins after the subscription that filled the message before, so that a busy one does not keep others from their turn.</summary>
    private bool TryComposeData(Viewer viewer, MessageBuffer to, out bool isText)
    {
        var (subscriptions, begin) = (viewer.Subscriptions, viewer.Turn);
        isText = true;
        for (var i = 0; i < subscriptions.Count; i++)
        {
            var at = (begin + i) % subscriptions.Count;
            var subscription = subscriptions[at];
            if (to.Length > 0 && !subscription.IsBlocks) continue;
            if (subscription.Compose(to, _space) is var composed && composed == Composed.Nothing) continue;
            isText = !subscription.IsBlocks;
            if (composed == Composed.Added) continue;
            // What filled the message goes on with its catch-up when blocks of a message belong together; JSON takes turns.
            viewer.Turn = isText ? at + 1 : at;
            return true;
        }
        return to.Length > 0;
    }
}
