using Weir.Engine.Views;
using Weir.Engine.Windows;

namespace Weir.Server.Gateway;

/// <summary>How far a viewer that missed frames has read from the engine instead: slot by slot, in pieces that fit a message.</summary>
internal sealed class CatchUp
{
    /// <summary>Where each slot ends, exclusive: what comes later is in the frames after <see cref="Sequence"/>.</summary>
    private readonly long[] _ends;

    private readonly ColumnsView _view;
    private readonly bool _isNewest;

    public CatchUp(ColumnsView view, long from, ulong since, bool isHistory, bool isNewest = false)
    {
        (_view, _isNewest) = (view, isNewest);
        _ends = view.Slots.Select(slot => EndOf(slot, isHistory)).ToArray();
        (From, Since, Sequence, IsHistory) = (from, since, view.Sequence, isHistory);
        Slot = FilledFrom(0);
        Next = BeginOf(Slot);
    }

    /// <summary>Where the stretch of time begins, Unix nanoseconds.</summary>
    public long From { get; }

    /// <summary>The frame that the viewer has as long as it is not through.</summary>
    public ulong Since { get; }

    /// <summary>The frame that the viewer has once it is through.</summary>
    public ulong Sequence { get; }

    /// <summary>True for the first picture, false when the viewer only fell behind.</summary>
    public bool IsHistory { get; }

    public int Slot { get; private set; }

    /// <summary>Where to go on in the slot.</summary>
    public long Next { get; private set; }

    public bool IsThrough => Slot == _ends.Length;

    public bool IsInLastSlot => FilledFrom(Slot + 1) == _ends.Length;

    public long End => _ends[Slot];

    public void GoOn(long next) => Next = next;

    public void GoToNextSlot()
    {
        Slot = FilledFrom(Slot + 1);
        Next = BeginOf(Slot);
    }

    /// <summary>The first slot from this one on that has points to tell, so that the last part is known to be the last.</summary>
    private int FilledFrom(int slot)
    {
        while (slot < _ends.Length && !(NewestBefore(slot, _ends[slot]) is { } newest && (newest >= From || IsHistory))) slot++;
        return slot;
    }

    /// <summary>
    /// A first picture begins with the newest point before it: a value sent once is seen however long ago that was, and lines come in from the left.
    /// Who wants the newest value alone gets the column that holds it.
    /// </summary>
    private long BeginOf(int slot)
    {
        if (!IsHistory || slot == _ends.Length) return From;
        return NewestBefore(slot, _isNewest ? _ends[slot] : From) is { } newest ? Tumbling.StartOf(newest, _view.Key.Step) : From;
    }

    /// <summary>A first picture of a fixed stretch ends with the column of the first point after it, if there is one: lines go out to the right.</summary>
    private long EndOf(ViewSlot slot, bool isHistory)
    {
        var (end, step) = (_view.Key.End, _view.Key.Step);
        var next = isHistory && !_isNewest && _view.Key.From is not null ? slot.Series.Snapshot.TimeAfter(end - 1) : long.MaxValue;
        return next < long.MaxValue - step ? Tumbling.StartOf(next, step) + step : Math.Min(end, slot.ReadTo + 1);
    }

    private long? NewestBefore(int slot, long time) => _view.Slots[slot].Series.Snapshot.TryReadAt(time - 1, out var newest, out _) ? newest : null;
}
