using Weir.Engine;
using Weir.Engine.Downsampling;
using Weir.Engine.Time;
using Weir.Engine.Wire;

namespace Weir.Server.Gateway;

/// <summary>
/// Decides what a viewer is told next and writes it: first who we are and what went wrong, then what its subscriptions mean, then their data.
/// One call makes one message, at most <see cref="MessageBuffer.BytesMax"/> long.
/// </summary>
internal sealed class MessageComposer(TimeSeriesEngine engine, string epoch)
{
    private static readonly TimeSpan WindowInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Columns a JSON history message holds: about 100 bytes each.</summary>
    private const int ColumnsPerJson = 512;

    private readonly List<Frame> _frames = [];
    private readonly Columns _columns = new();

    /// <summary>Writes the next message into <paramref name="to"/>; false when there is nothing to say.</summary>
    public bool TryCompose(Viewer viewer, MessageBuffer to, out bool isText)
    {
        isText = true;
        var now = UnixTime.Now(engine.Time);
        if (!viewer.IsGreeted)
        {
            viewer.IsGreeted = true;
            viewer.DashboardVersion = viewer.Dashboard.Version;
            ServerMessages.Hello(to, epoch, now, viewer.Dashboard.ToJson().Span);
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
            ServerMessages.Dashboard(to, viewer.Dashboard.ToJson().Span);
            return true;
        }
        if (TryComposeView(viewer, to)) return true;
        if (!viewer.IsPaused)
        {
            if (viewer.Transport.IsBinary ? TryComposeBlocks(viewer, to) : TryComposePoints(viewer, to))
            {
                isText = !viewer.Transport.IsBinary;
                return true;
            }
            if (TryComposeWindow(viewer, to)) return true;
        }
        if (!viewer.IsHeartbeatDue) return false;
        viewer.IsHeartbeatDue = false;
        ServerMessages.Heartbeat(to, now);
        return true;
    }

    private static bool TryComposeView(Viewer viewer, MessageBuffer to)
    {
        foreach (var subscription in viewer.Subscriptions)
        {
            if (subscription is not SeriesSubscription series || series.SlotsTold == series.View.Slots.Count) continue;
            series.SlotsTold = series.View.Slots.Count;
            ServerMessages.View(to, series);
            return true;
        }
        return false;
    }

    /// <summary>Blocks of all subscriptions that have news, as many as fit, in one message: one flush a tick.</summary>
    private bool TryComposeBlocks(Viewer viewer, MessageBuffer to)
    {
        foreach (var subscription in viewer.Subscriptions)
        {
            if (subscription is not SeriesSubscription series) continue;
            if (series.CatchUp is null && series.Cursor != series.View.Sequence && !TryAppendFrames(series, to))
            {
                if (to.Length > 0 && HasFrames(series)) return true;
                BeginCatchUp(viewer, series);
            }
            if (series.CatchUp is { } catchUp && !AppendHistory(series, catchUp, to)) return true;
        }
        return to.Length > 0;
    }

    private bool HasFrames(SeriesSubscription series) =>
        series.View.TryGetFrames(series.Cursor, _frames) && _frames.TrueForAll(frame => frame.HasBinary);

    private bool TryAppendFrames(SeriesSubscription series, MessageBuffer to)
    {
        if (!HasFrames(series) || _frames.Sum(frame => frame.Binary.Length) > to.Room) return false;
        foreach (var frame in _frames) to.Append(frame.Binary.Span);
        series.Cursor = series.View.Sequence;
        return true;
    }

    private void BeginCatchUp(Viewer viewer, SeriesSubscription series)
    {
        viewer.Conflations++;
        var start = series.View.Key.StartAt(UnixTime.Now(engine.Time));
        var from = Math.Max(start, series.View.ChangedSince(series.Cursor) ?? start);
        series.CatchUp = new CatchUp(series.View, Engine.Windows.Tumbling.StartOf(from, series.View.Key.Step), isHistory: false);
    }

    /// <summary>Goes on with a catch-up; false when the message is full before it is through.</summary>
    private bool AppendHistory(SeriesSubscription series, CatchUp catchUp, MessageBuffer to)
    {
        var view = series.View;
        while (!catchUp.IsThrough)
        {
            var count = ReadPart(view, catchUp, SeriesView.ColumnsPerBlock, out var isLast);
            if (count > 0)
            {
                if (BlockHeader.ColumnsLength(count) > to.Room) return false;
                view.WriteBlock(to, _columns.Items[..count], catchUp.Slot, catchUp.Sequence, isLast ? BlockFlags.Snapshot : BlockFlags.Snapshot | BlockFlags.More);
            }
            Advance(catchUp, view, count, isLast);
        }
        EndCatchUp(series, catchUp);
        return true;
    }

    private int ReadPart(SeriesView view, CatchUp catchUp, int columnsMax, out bool isLast)
    {
        _columns.Clear();
        M4.Read(view.Slots[catchUp.Slot].Series.Snapshot, catchUp.Next, catchUp.End, view.Key.Step, _columns);
        isLast = _columns.Count <= columnsMax;
        return Math.Min(columnsMax, _columns.Count);
    }

    private void Advance(CatchUp catchUp, SeriesView view, int count, bool isLast)
    {
        if (isLast)
        {
            catchUp.GoToNextSlot();
        }
        else
        {
            catchUp.GoOn((_columns.Items[count - 1].Number + 1) * view.Key.Step);
        }
    }

    private static void EndCatchUp(SeriesSubscription series, CatchUp catchUp)
    {
        series.Cursor = catchUp.Sequence;
        series.CatchUp = null;
    }

    /// <summary>JSON carries one series a message.</summary>
    private bool TryComposePoints(Viewer viewer, MessageBuffer to)
    {
        foreach (var subscription in viewer.Subscriptions)
        {
            if (subscription is not SeriesSubscription series) continue;
            if (series.CatchUp is null && series.Cursor != series.View.Sequence)
            {
                if (series.PendingJson.Count == 0 && !TryTakeFrames(series)) BeginCatchUp(viewer, series);
                if (series.PendingJson.TryDequeue(out var part))
                {
                    ServerMessages.Points(to, "data", series, part.Slot, part.Sequence, part.Columns, part.From);
                    if (series.PendingJson.Count == 0) series.Cursor = part.Sequence;
                    return true;
                }
            }
            if (series.CatchUp is { } catchUp && ComposePoints(series, catchUp, to)) return true;
        }
        return false;
    }

    private bool TryTakeFrames(SeriesSubscription series)
    {
        if (!series.View.TryGetFrames(series.Cursor, _frames) || !_frames.TrueForAll(frame => frame.HasJson)) return false;
        // One frame at a time: the viewer then holds at most one frame's worth of parts.
        foreach (var (slot, columns, from) in _frames[0].Json) series.PendingJson.Enqueue((slot, _frames[0].Sequence, columns, from));
        return true;
    }

    private bool ComposePoints(SeriesSubscription series, CatchUp catchUp, MessageBuffer to)
    {
        var view = series.View;
        while (!catchUp.IsThrough)
        {
            var slot = view.Slots[catchUp.Slot];
            var (begin, isFirst) = (catchUp.Next, catchUp.Next == catchUp.From);
            var count = ReadPart(view, catchUp, ColumnsPerJson, out var isLast);
            if (count > 0)
            {
                var type = catchUp.IsHistory ? "history" : "data";
                ServerMessages.Points(to, type, series, slot, catchUp.Sequence, _columns.Items[..count], !catchUp.IsHistory && isFirst ? begin : null);
            }
            Advance(catchUp, view, count, isLast);
            if (count > 0) return true;
        }
        EndCatchUp(series, catchUp);
        return false;
    }

    private bool TryComposeWindow(Viewer viewer, MessageBuffer to)
    {
        foreach (var subscription in viewer.Subscriptions)
        {
            if (subscription is not TableSubscription table) continue;
            if (table.Table is not { } rows)
            {
                if (table.IsEmptyTold) continue;
                table.IsEmptyTold = true;
                ServerMessages.EmptyWindow(to, table.Key);
                return true;
            }
            if (table.Version == rows.Version) continue;
            var now = engine.Time.GetTimestamp();
            if (now < table.NotBefore) continue;
            table.NotBefore = now + (long)(WindowInterval.TotalSeconds * engine.Time.TimestampFrequency);
            var request = table.Request;
            // A table that came after the subscription may turn out to have no such column; it then shows as the rows came.
            int? sort = null;
            for (var i = 0; i < rows.Columns.Count; i++)
            {
                if (rows.Columns[i].Name == request.Sort) sort = i;
            }
            var window = rows.Window(request.Offset, request.Count, sort, request.Descending);
            ServerMessages.Window(to, table.Key, rows, window, sort is null ? null : request.Sort, request.Descending, withColumns: table.Version < 0);
            table.Version = window.Version;
            return true;
        }
        return false;
    }
}
