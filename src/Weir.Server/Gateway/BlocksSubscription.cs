using Weir.Engine.Views;
using Weir.Engine.Wire;

namespace Weir.Server.Gateway;

/// <summary>Columns as wire blocks: of all subscriptions that have news, as many as fit, in one message.</summary>
internal sealed class BlocksSubscription(Viewer viewer, ViewRequest request, ColumnsView view, ViewCatalog views)
    : ColumnsSubscription(viewer, request, view, views)
{
    public override bool IsBlocks => true;

    protected override Composed ComposeNext(MessageBuffer to, ComposerSpace space)
    {
        var before = to.Length;
        if (CatchUp is null && Cursor != View.Sequence && !TryAppendFrames(to, space))
        {
            if (to.Length > 0 && HasFrames(space)) return Composed.Complete;
            BeginCatchUp(space.Time);
        }
        if (CatchUp is { } catchUp && !AppendHistory(catchUp, to, space)) return Composed.Complete;
        return to.Length > before ? Composed.Added : Composed.Nothing;
    }

    private bool HasFrames(ComposerSpace space) => View.TryGetFrames(Cursor, space.Frames) && space.Frames.TrueForAll(frame => frame.HasBinary);

    private bool TryAppendFrames(MessageBuffer to, ComposerSpace space)
    {
        if (!HasFrames(space) || space.Frames.Sum(frame => frame.Binary.Length) > to.Room) return false;
        foreach (var frame in space.Frames) to.Append(frame.Binary.Span);
        Cursor = View.Sequence;
        return true;
    }

    /// <summary>Goes on with a catch-up; false when the message is full before it is through.</summary>
    private bool AppendHistory(CatchUp catchUp, MessageBuffer to, ComposerSpace space)
    {
        while (!catchUp.IsThrough)
        {
            var count = ReadPart(catchUp, space.Columns, ColumnsView.ColumnsPerBlock, out var isLast);
            if (count > 0)
            {
                if (BlockHeader.ColumnsLength(count) > to.Room) return false;
                var flags = isLast ? BlockFlags.Snapshot : BlockFlags.Snapshot | BlockFlags.More;
                View.WriteBlock(to, space.Columns.Items[..count], catchUp.Slot, SequenceOf(catchUp, isLast), flags);
            }
            Advance(catchUp, space.Columns, count, isLast);
        }
        EndCatchUp(catchUp);
        return true;
    }
}
