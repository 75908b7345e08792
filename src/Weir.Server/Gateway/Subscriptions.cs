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

    /// <summary>The last frame the viewer has.</summary>
    public ulong Cursor { get; set; }

    public bool IsResumed { get; set; }

    /// <summary>Slots that the last "view" message named; when there are more, it is due again.</summary>
    public int SlotsTold { get; set; } = -1;

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

    public CatchUp(SeriesView view, long from, bool isHistory)
    {
        _ends = view.Slots.Select(slot => Math.Min(view.Key.End, slot.ReadTo + 1)).ToArray();
        (From, Next, Sequence, IsHistory) = (from, from, view.Sequence, isHistory);
    }

    /// <summary>Where each slot begins, Unix nanoseconds.</summary>
    public long From { get; }

    /// <summary>The frame that the viewer has once it is through.</summary>
    public ulong Sequence { get; }

    /// <summary>True for the first picture, false when the viewer only fell behind.</summary>
    public bool IsHistory { get; }

    public int Slot { get; private set; }

    /// <summary>Where to go on in the slot.</summary>
    public long Next { get; private set; }

    public bool IsThrough => Slot == _ends.Length;

    public long End => _ends[Slot];

    public void GoOn(long next) => Next = next;

    public void GoToNextSlot()
    {
        Slot++;
        Next = From;
    }
}

/// <summary>A viewer's window of a table, log or text.</summary>
internal sealed class TableSubscription(string key, string table, TableCatalog tables, ViewRequest request) : Subscription(key)
{
    private RowTable? _table;

    /// <summary>Null as long as nothing was sent that would tell its columns.</summary>
    public RowTable? Table => _table ??= tables.Find(table);

    /// <summary>Whether the viewer was told that there is nothing yet.</summary>
    public bool IsEmptyTold { get; set; }

    public ViewRequest Request => request;

    /// <summary>Version the viewer has; below zero when it has none yet.</summary>
    public long Version { get; set; } = -1;

    /// <summary>Earliest timestamp of the next window: rows are for reading, ten times a second is enough.</summary>
    public long NotBefore { get; set; }
}

/// <summary>What a viewer is told when it asked for something that cannot be.</summary>
internal sealed record ViewerError(string Code, string Message, string? Widget = null, double? RetryAfter = null);
