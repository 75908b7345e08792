using Weir.Engine;
using Weir.Engine.Downsampling;
using Weir.Engine.Queries;
using Weir.Engine.Series;
using Weir.Engine.Windows;
using Weir.Engine.Wire;

namespace Weir.Server.Gateway;

/// <summary>
/// Series over a stretch of time at a width, shared by all who look at the same. When its series changed, <see cref="Refresh"/> makes one frame
/// of the columns that changed, once an encoding; viewers copy it. A viewer that is not at the latest frame reads what it missed from
/// the engine instead, so nothing is ever queued for anyone.
/// </summary>
internal sealed class SeriesView
{
    public const int SlotsMax = 256;

    /// <summary>Columns a block; 36 bytes each, so a block stays well under the message limit.</summary>
    public const int ColumnsPerBlock = 1024;

    private readonly TimeSeriesEngine _engine;
    private readonly Selector[] _selectors;
    private readonly HashSet<int> _known = [];
    private readonly Columns _columns = new();
    private readonly FrameHistory _frames = new();
    private int _catalogSeen;

    public SeriesView(uint id, ViewKey key, TimeSeriesEngine engine, ulong sequence)
    {
        (Id, Key, _engine, Sequence) = (id, key, engine, sequence);
        _selectors = key.Selectors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Selector.Parse).ToArray();
        AddNewSeries();
        // What is there already goes to each viewer as history; frames tell what comes after.
        foreach (var slot in Slots) slot.Begin();
    }

    public uint Id { get; }

    public ViewKey Key { get; }

    public List<ViewSlot> Slots { get; } = [];

    /// <summary>The latest frame; frames of all views are numbered by the gateway's ticks, so numbers rise but skip.</summary>
    public ulong Sequence { get; private set; }

    /// <summary>Series left out because a view holds no more.</summary>
    public int SlotsRefused { get; private set; }

    /// <summary>Time of the newest point in the latest frame.</summary>
    public long NewestTime { get; private set; }

    public int Viewers { get; set; }

    public int BinaryViewers { get; set; }

    /// <summary>Those of them who look away at present: a view that nobody looks at costs nothing.</summary>
    public int PausedViewers { get; set; }

    public bool IsWatched => Viewers > PausedViewers;

    /// <summary>When the last viewer left, as a timestamp of the engine's clock; views linger a while for those who reload.</summary>
    public long IdleSince { get; set; }

    /// <summary>Brings the view up to date. True when there is a new frame, numbered <paramref name="tick"/>.</summary>
    public bool Refresh(ulong tick, long now)
    {
        if (_catalogSeen != _engine.Catalog.Version) AddNewSeries();
        var start = Key.StartAt(now);
        FrameBuilder? frame = null;
        foreach (var slot in Slots)
        {
            var snapshot = slot.Series.Snapshot;
            if (snapshot.Version == slot.Version) continue;
            var corrected = snapshot.CorrectedSince(slot.Version);
            var changedFrom = Math.Max(Math.Min(corrected, slot.ReadTo + 1), start);
            if (changedFrom < Key.End && snapshot.LastTime >= changedFrom)
            {
                frame ??= _frames.Begin(tick, Sequence, binary: BinaryViewers > 0, json: Viewers > BinaryViewers);
                Encode(frame, slot, snapshot, changedFrom, isCorrection: corrected != long.MaxValue);
            }
            slot.Version = snapshot.Version;
            slot.ReadTo = Math.Max(slot.ReadTo, snapshot.LastTime);
        }
        if (frame is null) return false;
        _frames.End(frame);
        (Sequence, NewestTime) = (tick, frame.NewestTime);
        return true;
    }

    /// <summary>The frames after <paramref name="cursor"/>, oldest first; false when some are no longer held or were too large to keep.</summary>
    public bool TryGetFrames(ulong cursor, List<Frame> into) => _frames.TryGetAfter(cursor, into);

    /// <summary>The earliest time that changed after <paramref name="cursor"/>; null when that is no longer known.</summary>
    public long? ChangedSince(ulong cursor) => cursor == Sequence ? long.MaxValue : _frames.ChangedSince(cursor);

    private void Encode(FrameBuilder frame, ViewSlot slot, SeriesSnapshot snapshot, long changedFrom, bool isCorrection)
    {
        frame.ChangedFrom = Math.Min(frame.ChangedFrom, changedFrom);
        // The column that holds the first change is sent whole and replaces what viewers have of it: of its earlier points they have no more
        // than first, min, max and last, which do not say what it comes to without those that changed.
        var columnFrom = Tumbling.StartOf(changedFrom, Key.Step);
        if (frame.TakesBinary || (frame.TakesJson && isCorrection))
        {
            _columns.Clear();
            M4.Read(snapshot, columnFrom, Key.End, Key.Step, _columns);
            if (frame.TakesBinary) WriteBlocks(frame, _columns.Items, slot.Index);
            if (frame.TakesJson && isCorrection) frame.AddJson(slot, _columns.Items, columnFrom);
        }
        if (frame.TakesJson && !isCorrection)
        {
            _columns.Clear();
            M4.Read(snapshot, changedFrom, Key.End, Key.Step, _columns);
            frame.AddJson(slot, _columns.Items, from: null);
        }
        frame.NewestTime = Math.Max(frame.NewestTime, snapshot.LastTime);
    }

    private void WriteBlocks(FrameBuilder frame, ReadOnlySpan<Column> columns, int slot)
    {
        while (!columns.IsEmpty && frame.TakesBinary)
        {
            var count = BlockCount(columns);
            frame.AddBinary(BlockHeader.ColumnsLength(count));
            if (frame.TakesBinary) WriteBlock(frame.Binary, columns[..count], slot, frame.Sequence, BlockFlags.None);
            columns = columns[count..];
        }
    }

    /// <summary>How many columns the next block takes: what fits, none further from the first than the block's offsets reach.</summary>
    public static int BlockCount(ReadOnlySpan<Column> columns)
    {
        var count = Math.Min(ColumnsPerBlock, columns.Length);
        while (columns[count - 1].Number - columns[0].Number > uint.MaxValue) count--;
        return count;
    }

    public void WriteBlock(MessageBuffer to, ReadOnlySpan<Column> columns, int slot, ulong sequence, BlockFlags flags)
    {
        var length = BlockHeader.ColumnsLength(columns.Length);
        ColumnBlock.Write(to.GetSpan(length), columns, Id, (uint)slot, sequence, Key.Step, flags);
        to.Advance(length);
    }

    private void AddNewSeries()
    {
        // Each series is held against the selectors once, when it joins: matching costs nothing per point.
        var joined = new List<TimeSeries>();
        for (var count = _engine.Catalog.Version; _catalogSeen < count; _catalogSeen++) joined.Add(_engine.Catalog[_catalogSeen]);
        foreach (var selector in _selectors)
        {
            foreach (var series in joined)
            {
                // A histogram's own series has distributions and no points to draw.
                if (series.Kind == SeriesKind.Histogram) continue;
                if (!selector.Matches(series.Key) || !_known.Add(series.Id)) continue;
                if (Slots.Count == SlotsMax) SlotsRefused++;
                else Slots.Add(new ViewSlot(Slots.Count, series));
            }
        }
    }
}

/// <summary>A series in a view and how far the view has told of it.</summary>
internal sealed class ViewSlot(int index, TimeSeries series)
{
    public int Index => index;

    public TimeSeries Series => series;

    /// <summary>Name and labels for messages, which have no room for the longest there may be.</summary>
    public string Name { get; } = series.Key.ToString() is { Length: > 1024 } name ? name[..1024] + "…" : series.Key.ToString();

    public long Version { get; set; }

    public long ReadTo { get; set; } = long.MinValue;

    public void Begin()
    {
        var snapshot = series.Snapshot;
        (Version, ReadTo) = (snapshot.Version, snapshot.LastTime);
    }
}
