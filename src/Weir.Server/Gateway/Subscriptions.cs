using Weir.Engine.Downsampling;
using Weir.Engine.Tables;

namespace Weir.Server.Gateway;

/// <summary>One thing that one viewer looks at, and how far it was told.</summary>
internal abstract class Subscription(string key)
{
    /// <summary>Widget id or query, as the viewer gave it.</summary>
    public string Key => key;
}

/// <summary>A viewer's look at a shared view. All that waits for the viewer is what lies behind its cursor.</summary>
internal sealed class SeriesSubscription(string key, bool isQuery, SeriesView view) : Subscription(key)
{
    public bool IsQuery => isQuery;

    public SeriesView View => view;

    /// <summary>The last frame the viewer has, or will have once <see cref="CatchUp"/> is through.</summary>
    public ulong Cursor { get; set; }

    /// <summary>Up to which frame the viewer has everything: what it may resume from. 0 when it has to begin anew.</summary>
    public ulong Known => CatchUp is { IsThrough: false } catchUp ? catchUp.Since : Cursor;

    public bool IsUpToDate => CatchUp is null or { IsThrough: true } && Cursor == View.Sequence;

    public bool IsResumed { get; set; }

    /// <summary>Slots that the last "view" message named; when there are more, it is due again.</summary>
    public int SlotsTold { get; set; } = -1;

    /// <summary>Whether the viewer knows that the view leaves series out.</summary>
    public bool RefusedTold { get; set; }

    /// <summary>What is left to say of one frame, for a JSON viewer; binary viewers take a frame whole.</summary>
    public Queue<(ViewSlot Slot, ulong Sequence, Column[] Columns, long? From)> PendingJson { get; } = new();

    /// <summary>A catch-up under way, or null.</summary>
    public CatchUp? CatchUp { get; set; }
}

/// <summary>How far a viewer that missed frames has read from the engine instead: slot by slot, in pieces that fit a message.</summary>
internal sealed class CatchUp
{
    /// <summary>Where each slot ends, exclusive: what comes later is in the frames after <see cref="Sequence"/>.</summary>
    private readonly long[] _ends;

    private readonly SeriesView _view;

    public CatchUp(SeriesView view, long from, ulong since, bool isHistory)
    {
        _view = view;
        _ends = view.Slots.Select(slot => Math.Min(view.Key.End, slot.ReadTo + 1)).ToArray();
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
    /// </summary>
    private long BeginOf(int slot) =>
        IsHistory && slot < _ends.Length && NewestBefore(slot, From) is { } before ? Engine.Windows.Tumbling.StartOf(before, _view.Key.Step) : From;

    private long? NewestBefore(int slot, long time) => _view.Slots[slot].Series.Snapshot.TryReadAt(time - 1, out var newest, out _) ? newest : null;
}

/// <summary>A viewer's window of a table, log or text.</summary>
internal sealed class TableSubscription(string key, string name, ViewRequest request) : Subscription(key)
{
    public string Name => name;

    /// <summary>Null while there is no table of this name.</summary>
    public RowTable? Table { get; set; }

    /// <summary>Whether the viewer was told that there is no table yet.</summary>
    public bool IsEmptyTold { get; set; }

    public ViewRequest Request => request;

    /// <summary>Version the viewer has; below zero when it has none yet.</summary>
    public long Version { get; set; } = -1;

    /// <summary>Earliest timestamp of the next window: rows are for reading, ten times a second is enough.</summary>
    public long NotBefore { get; set; }
}

/// <summary>What a viewer is told when it asked for something that cannot be.</summary>
internal sealed record ViewerError(string Code, string Message, string? Widget = null, double? RetryAfter = null);
