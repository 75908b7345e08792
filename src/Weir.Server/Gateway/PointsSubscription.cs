using Weir.Engine.Downsampling;
using Weir.Engine.Views;

namespace Weir.Server.Gateway;

/// <summary>Columns as the points behind them, for JSON viewers: one series a message.</summary>
internal sealed class PointsSubscription(Viewer viewer, ViewRequest request, ColumnsView view, ViewCatalog views)
    : ColumnsSubscription(viewer, request, view, views)
{
    /// <summary>What is left to say of one frame.</summary>
    private readonly Queue<(ViewSlot Slot, ulong Sequence, Column[] Columns, long? From)> _pending = new();

    protected override Composed ComposeNext(MessageBuffer to, ComposerSpace space)
    {
        if (CatchUp is null && Cursor != View.Sequence)
        {
            if (_pending.Count == 0 && !TryTakeFrames(space.Frames)) BeginCatchUp(space.Time);
            if (_pending.TryDequeue(out var part))
            {
                // As with a catch-up, the last part completes the frame.
                if (_pending.Count == 0) Cursor = part.Sequence;
                ServerMessages.Points(to, "data", this, part.Slot, Cursor, part.Columns, part.From);
                return Composed.Complete;
            }
        }
        return CatchUp is { } catchUp && TryComposePart(catchUp, to, space.Columns) ? Composed.Complete : Composed.Nothing;
    }

    private bool TryTakeFrames(List<Frame> frames)
    {
        if (!View.TryGetFrames(Cursor, frames) || !frames.TrueForAll(frame => frame.HasJson)) return false;
        // One frame at a time: the viewer then holds at most one frame's worth of parts.
        foreach (var frame in frames)
        {
            foreach (var (slot, columns, from) in frame.Json) _pending.Enqueue((slot, frame.Sequence, columns, from));
            if (_pending.Count > 0) break;
            Cursor = frame.Sequence;
        }
        return true;
    }

    private bool TryComposePart(CatchUp catchUp, MessageBuffer to, Columns columns)
    {
        while (!catchUp.IsThrough)
        {
            var slot = View.Slots[catchUp.Slot];
            var (begin, isFirst) = (catchUp.Next, catchUp.Next == catchUp.From);
            var count = ReadPart(catchUp, columns, FrameHistory.ColumnsPerText, out var isLast);
            if (count > 0)
            {
                var type = catchUp.IsHistory ? "history" : "data";
                ServerMessages.Points(to, type, this, slot, SequenceOf(catchUp, isLast), columns.Items[..count], !catchUp.IsHistory && isFirst ? begin : null);
            }
            Advance(catchUp, columns, count, isLast);
            if (count > 0) return true;
        }
        EndCatchUp(catchUp);
        return false;
    }
}
