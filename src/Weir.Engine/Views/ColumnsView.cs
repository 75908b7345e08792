using Weir.Engine.Downsampling;
using Weir.Engine.Series;
using Weir.Engine.Windows;
using Weir.Engine.Wire;

namespace Weir.Engine.Views;

/// <summary>
/// Pixel columns over a stretch of time at a width, shared by all who look at the same. When its series changed, <see cref="Refresh"/> makes one frame
/// of the columns that changed, once an encoding; viewers copy it. A viewer that is not at the latest frame reads what it missed from
/// the engine instead, so nothing is ever queued for anyone.
/// </summary>
/// <remarks>Rounds only touch it: whoever refreshes views learns of it through <paramref name="touched"/>, once until it takes the touch.</remarks>
/// <param name="id">Its number; never used again.</param>
/// <param name="key">What it shows.</param>
/// <param name="sources">Where its series come from.</param>
/// <param name="engine">Whose rounds touch it.</param>
/// <param name="offset">Position of the frame before its first.</param>
/// <param name="touched">Called from any thread.</param>
internal sealed class ColumnsView(
    uint id, ViewKey key, IReadOnlyList<SlotSource> sources, TimeSeriesEngine engine, ulong offset, Action<ColumnsView> touched) : IRoundObserver, IDisposable
{
    public const int SlotsMax = 256;

    /// <summary>Columns a block; 36 bytes each, so a block stays well under the message limit.</summary>
    public const int ColumnsPerBlock = 1024;

    /// <summary>A live view that has no room for a series lives at least so long before it makes way for one without those that have nothing more to show.</summary>
    public static readonly TimeSpan LifeMin = TimeSpan.FromMinutes(1);

    /// <summary>A refresh that threw is tried again so often.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly Columns _columns = new();
    private readonly FrameHistory _frames = new();
    private readonly HashSet<TimeSeries> _shown = [];
    private readonly List<IDisposable> _observations = [];
    private readonly long _begunAt = engine.Time.GetTimestamp();
    private int _refused;
    private int _isTouched;
    private string? _thrown;
    private long _thrownAt;

    public uint Id => id;

    public ViewKey Key => key;

    public IReadOnlyList<SlotSource> Sources => sources;

    public List<ViewSlot> Slots { get; } = [];

    /// <summary>Who looks at it.</summary>
    public Lookers Lookers { get; } = new();

    /// <summary>The latest frame: an offset in the catalog's epoch. Frames of all views share one numbering, so numbers rise but skip.</summary>
    public ulong Sequence { get; private set; } = offset;

    /// <summary>Series left out because a view holds no more.</summary>
    public int SlotsRefused { get; private set; }

    /// <summary>Why the view shows nothing new, for the widgets that look at it; null while all is well.</summary>
    public string? Failure { get; private set; }

    /// <summary>Time of the newest point in the latest frame.</summary>
    public long NewestTime { get; private set; }

    public int Viewers { get; set; }

    public int BinaryViewers { get; set; }

    /// <summary>Those of them who look away at present: a view that nobody looks at costs nothing.</summary>
    public int PausedViewers { get; set; }

    public bool IsWatched => Viewers > PausedViewers;

    /// <summary>When the last viewer left, as a timestamp of the engine's clock; views linger a while for those who reload.</summary>
    public long IdleSince { get; set; }

    /// <summary>On the engine's loop: a series of the view has changed.</summary>
    public void OnRound(Round round) => Touch();

    /// <summary>Something happened to the view. Any thread.</summary>
    public void Touch()
    {
        if (Interlocked.Exchange(ref _isTouched, 1) == 0) touched(this);
    }

    /// <summary>Someone looks again: what happened meanwhile counts now.</summary>
    public void LookAgain()
    {
        Volatile.Write(ref _isTouched, 0);
        Touch();
    }

    /// <summary>Whether it was touched; from here on it may be touched again.</summary>
    public bool TakeTouch() => Interlocked.Exchange(ref _isTouched, 0) == 1;

    /// <summary>Whether it has to be refreshed though no round touched it.</summary>
    /// <param name="now">Unix nanoseconds.</param>
    public bool IsDue(long now)
    {
        if (_thrown is not null && engine.Time.GetElapsedTime(_thrownAt) >= RetryInterval) return true;
        if (SlotsRefused > 0 && IsOutdated(now)) return true;
        foreach (var source in sources)
        {
            if (source.IsDue(this, now)) return true;
        }
        return false;
    }

    /// <summary>Series that there is still room for.</summary>
    public int Room => SlotsMax - Slots.Count;

    /// <summary>
    /// Whether a new view should take its place: slots keep their numbers, so that a series that left the engine, or one that has nothing in the stretch shown while
    /// others found no room, is only got rid of with the whole view.
    /// </summary>
    /// <param name="now">Unix nanoseconds.</param>
    public bool IsOutdated(long now)
    {
        foreach (var slot in Slots)
        {
            if (slot.Series.HasLeft) return true;
        }
        if (SlotsRefused == 0 || key.From is not null || engine.Time.GetElapsedTime(_begunAt) < LifeMin) return false;
        var start = key.StartAt(now);
        foreach (var slot in Slots)
        {
            if (slot.Series.Snapshot.LastTime < start) return true;
        }
        return false;
    }

    public bool Shows(TimeSeries series) => _shown.Contains(series);

    /// <summary>Adds a series of the engine.</summary>
    public void TryAdd(TimeSeries series)
    {
        // Observed before anything of it is read: a round that comes in between touches the view.
        if (HasRoom()) _observations.Add(engine.Rounds.Observe(this, series));
        else return;
        _shown.Add(series);
        Slots.Add(new ViewSlot(Slots.Count, series, engine.History));
    }

    /// <summary>Adds a series of a source's own, which touches the view itself.</summary>
    public void TryAdd(TimeSeries series, string name, Label[] labels)
    {
        if (HasRoom()) Slots.Add(new ViewSlot(Slots.Count, series, name, labels));
    }

    /// <summary>What is there already goes to each viewer as history; frames tell what comes after.</summary>
    /// <param name="now">Unix nanoseconds.</param>
    public void Begin(long now)
    {
        UpdateSlots(now);
        foreach (var slot in Slots) slot.Begin();
    }

    /// <summary>
    /// As <see cref="Refresh"/>, but what it throws ends in <see cref="Failure"/>, so that one view does not stop the others. Those who look hear of
    /// what is new.
    /// </summary>
    /// <param name="offset">The number of a new frame.</param>
    /// <param name="now">Unix nanoseconds.</param>
    /// <param name="failed">Hears of the first failure after a success.</param>
    public bool TryRefresh(ulong offset, long now, Action<Exception> failed)
    {
        var before = (Slots.Count, SlotsRefused, Failure);
        var isNew = false;
        try
        {
            isNew = Refresh(offset, now);
            _thrown = null;
        }
        catch (Exception e)
        {
            if (_thrown is null) failed(e);
            (_thrown, _thrownAt) = ($"The view could not be brought up to date: {e.Message}", engine.Time.GetTimestamp());
        }
        (SlotsRefused, Failure) = (_refused, _thrown);
        foreach (var source in sources)
        {
            SlotsRefused += source.Refused;
            Failure ??= source.Failure;
        }
        if (isNew || before != (Slots.Count, SlotsRefused, Failure)) Lookers.Tell();
        return isNew;
    }

    /// <summary>Whether the last refresh threw.</summary>
    public bool HasThrown => _thrown is not null;

    /// <summary>Brings the view up to date. True when there is a new frame, numbered <paramref name="offset"/>.</summary>
    public bool Refresh(ulong offset, long now)
    {
        UpdateSlots(now);
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
                frame ??= _frames.Begin(offset, Sequence, binary: BinaryViewers > 0, json: Viewers > BinaryViewers);
                Encode(frame, slot, snapshot, changedFrom, isCorrection: corrected != long.MaxValue);
            }
            slot.Version = snapshot.Version;
            slot.ReadTo = Math.Max(slot.ReadTo, snapshot.LastTime);
        }
        if (frame is null) return false;
        _frames.End(frame);
        (Sequence, NewestTime) = (offset, frame.NewestTime);
        return true;
    }

    public void Dispose()
    {
        foreach (var observation in _observations) observation.Dispose();
        _observations.Clear();
        foreach (var source in sources) source.Dispose();
    }

    private bool HasRoom()
    {
        if (Slots.Count < SlotsMax) return true;
        _refused++;
        return false;
    }

    private void UpdateSlots(long now)
    {
        foreach (var source in sources) source.Update(this, now);
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
            Read(slot, snapshot, columnFrom, Key.End, _columns);
            if (frame.TakesBinary) WriteBlocks(frame, _columns.Items, slot.Index);
            if (frame.TakesJson && isCorrection) frame.AddJson(slot, _columns.Items, columnFrom);
        }
        if (frame.TakesJson && !isCorrection)
        {
            Read(slot, snapshot, changedFrom, Key.End, _columns);
            frame.AddJson(slot, _columns.Items, from: null);
        }
        frame.NewestTime = Math.Max(frame.NewestTime, snapshot.LastTime);
    }

    /// <summary>The columns of a slot between two times. All reading of columns for viewers goes through here.</summary>
    public void Read(ViewSlot slot, long from, long to, Columns into) => Read(slot, slot.Series.Snapshot, from, to, into);

    private void Read(ViewSlot slot, SeriesSnapshot snapshot, long from, long to, Columns into)
    {
        into.Clear();
        slot.History.ReadColumns(slot.Series, from, to, Key.Step, into, snapshot);
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
}
