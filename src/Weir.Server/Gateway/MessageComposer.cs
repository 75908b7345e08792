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

    /// <summary>Columns a JSON message holds. One takes at most 200 bytes: four points of at most 20 digits of time and 24 of value.</summary>
    public const int ColumnsPerJson = 256;

    private readonly List<Frame> _frames = [];
    private readonly Columns _columns = new();
    private readonly WindowWriter _windows = new();

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
            if (subscription is not SeriesSubscription series) continue;
            if (series.SlotsTold == series.View.Slots.Count && series.RefusedTold == series.View.SlotsRefused > 0) continue;
            if (series.SlotsTold == series.View.Slots.Count)
            {
                series.RefusedTold = true;
                ServerMessages.Error(to, new ViewerError("too-many", $"A view shows at most {SeriesView.SlotsMax} series; more match here and are left out.", series.Key));
                return true;
            }
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
        var column = Engine.Windows.Tumbling.StartOf(from, series.View.Key.Step);
        series.CatchUp = new CatchUp(series.View, Math.Max(start, column), since: series.Cursor, isHistory: false);
        series.Cursor = series.View.Sequence;
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
                var flags = isLast ? BlockFlags.Snapshot : BlockFlags.Snapshot | BlockFlags.More;
                view.WriteBlock(to, _columns.Items[..count], catchUp.Slot, SequenceOf(catchUp, isLast), flags);
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
        if (_columns.Count == 0)
        {
            isLast = true;
            return 0;
        }
        var count = Math.Min(columnsMax, SeriesView.BlockCount(_columns.Items));
        isLast = count == _columns.Count;
        return count;
    }

    /// <summary>Only the last part says that the viewer now has the frame: who loses the connection in between resumes from what it had before.</summary>
    private static ulong SequenceOf(CatchUp catchUp, bool isLast) => isLast && catchUp.IsInLastSlot ? catchUp.Sequence : catchUp.Since;

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
                    // As with a catch-up, the last part completes the frame.
                    if (series.PendingJson.Count == 0) series.Cursor = part.Sequence;
                    ServerMessages.Points(to, "data", series, part.Slot, series.Cursor, part.Columns, part.From);
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
        foreach (var frame in _frames)
        {
            foreach (var (slot, columns, from) in frame.Json) series.PendingJson.Enqueue((slot, frame.Sequence, columns, from));
            if (series.PendingJson.Count > 0) break;
            series.Cursor = frame.Sequence;
        }
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
                ServerMessages.Points(to, type, series, slot, SequenceOf(catchUp, isLast), _columns.Items[..count], !catchUp.IsHistory && isFirst ? begin : null);
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
            // Whoever makes the table may come later than who looks at it.
            if ((table.Table ??= engine.Tables.Find(table.Name)) is not { } rows)
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
            int? sort = request.Sort is not null && rows.Columns.Any(column => column.Name == request.Sort) ? rows.RequireColumn(request.Sort) : null;
            var window = rows.Window(request.Offset, request.Count, sort, request.Descending);
            _windows.Write(to, table, rows, window, sort is not null);
            table.Version = window.Version;
            return true;
        }
        return false;
    }
}
