namespace Weir.Engine.Ingest;

/// <summary>One point on its way from a sender to the engine.</summary>
internal struct Arrival
{
    public long Time;
    public double Value;
    public int Series;
}

/// <summary>
/// A ring with one writer and one reader. The writer never waits: when the reader is a whole ring behind, the oldest points are
/// overwritten and the reader counts them. Positions only rise; a point's slot is its position modulo the capacity.
/// </summary>
/// <remarks>
/// The writer announces how far it is about to write (<c>_claimed</c>) before it touches slots and publishes (<c>_written</c>) after.
/// A reader that has copied slots looks at the claim again: what lies more than a capacity below it may have been overwritten during
/// the copy and is thrown away, as lost. This is the seqlock idea (Lameter 2005) applied to a range.
/// </remarks>
internal sealed class LaneRing(int capacity)
{
    private readonly Arrival[] _slots = new Arrival[capacity];
    private readonly int _mask = capacity - 1;
    private long _claimed;
    private long _written;
    private long _read;

    /// <summary>The ring the writer went on with when this one was too small; set after its last write.</summary>
    public LaneRing? Next;

    public int Capacity => _slots.Length;

    /// <summary>Points that wait for the reader; the writer's view, never too low.</summary>
    public long Waiting => Volatile.Read(ref _written) - Volatile.Read(ref _read);

    /// <summary>How many points fit before the oldest are overwritten; only the writer asks, and there is never less than it is told.</summary>
    public int Room => (int)Math.Max(0, Capacity - Waiting);

    /// <summary>Whether points were overwritten that the reader had not come to.</summary>
    public bool HasLost => Waiting > Capacity;

    /// <summary>Points ever written; only the writer asks.</summary>
    public long Written => _written;

    public void Write(int series, long time, double value)
    {
        var at = _written;
        Volatile.Write(ref _claimed, at + 1);
        Volatile.WriteBarrier();
        ref var slot = ref _slots[(int)at & _mask];
        slot.Series = series;
        slot.Time = time;
        slot.Value = value;
        Volatile.Write(ref _written, at + 1);
    }

    public void Write(int series, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        var at = _written;
        Volatile.Write(ref _claimed, at + times.Length);
        Volatile.WriteBarrier();
        for (var i = 0; i < times.Length; i++)
        {
            ref var slot = ref _slots[(int)(at + i) & _mask];
            slot.Series = series;
            slot.Time = times[i];
            slot.Value = values[i];
        }
        Volatile.Write(ref _written, at + times.Length);
    }

    /// <summary>Gives up what waits; it adds to <paramref name="lost"/>.</summary>
    public void Skip(ref long lost)
    {
        var written = Volatile.Read(ref _written);
        lost += written - _read;
        Volatile.Write(ref _read, written);
    }

    /// <summary>Copies what waits into <paramref name="into"/>; what was overwritten before it could be copied adds to <paramref name="lost"/>.</summary>
    public ReadOnlySpan<Arrival> Read(Span<Arrival> into, ref long lost)
    {
        var written = Volatile.Read(ref _written);
        var from = Math.Max(_read, written - Capacity);
        var count = (int)Math.Min(written - from, into.Length);
        var first = Math.Min(count, Capacity - ((int)from & _mask));
        _slots.AsSpan((int)from & _mask, first).CopyTo(into);
        _slots.AsSpan(0, count - first).CopyTo(into[first..]);
        Volatile.ReadBarrier();
        var safe = Math.Max(from, Math.Min(Volatile.Read(ref _claimed) - Capacity, from + count));
        lost += safe - _read;
        Volatile.Write(ref _read, from + count);
        return into[(int)(safe - from)..count];
    }
}
