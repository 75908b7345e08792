using Weir.Engine.Chunks;
using Weir.Engine.Ladders;
using Weir.Engine.Time;

namespace Weir.Engine.Series;

/// <summary>
/// What one series held after one engine round: a prefix of what was written to it, consistent and unchanging, readable from any
/// thread without a lock. Holding it keeps its points alive.
/// </summary>
public sealed class SeriesSnapshot
{
    private readonly Chunk[] _chunks;
    private readonly long[] _lastTimes;
    private readonly int _start;
    private readonly int _sealed;
    private readonly PublishedHead? _head;
    private readonly SeriesLadder _ladder;

    internal SeriesSnapshot(
        long version, Chunk[] chunks, long[] lastTimes, int start, int end, int firstOrdinal, PublishedHead? head, SeriesLadder ladder, Correction? corrections, long count)
    {
        Version = version;
        (_chunks, _lastTimes, _start, _sealed) = (chunks, lastTimes, start, end - start);
        (FirstOrdinal, _head, _ladder, Corrections, Count) = (firstOrdinal, head, ladder, corrections, count);
    }

    /// <summary>Rises with every round that brought the series points; 0 before the first. Letting old points go is no change.</summary>
    public long Version { get; }

    /// <summary>Points held.</summary>
    public long Count { get; }

    /// <summary>Time of the oldest point held, in Unix nanoseconds; <see cref="long.MaxValue"/> when empty.</summary>
    public long FirstTime => SegmentCount == 0 ? long.MaxValue : Segment(0).FirstTime;

    /// <summary>Time of the newest point, in Unix nanoseconds; <see cref="long.MinValue"/> when empty.</summary>
    public long LastTime => SegmentCount == 0 ? long.MinValue : Segment(SegmentCount - 1).LastTime;

    /// <summary>Value of the newest point; NaN when empty (or when that point is a gap).</summary>
    public double LastValue => SegmentCount == 0 ? double.NaN : Last(Segment(SegmentCount - 1));

    /// <summary>Time of the newest point that was evicted; the smallest long when none was. All points after it are held.</summary>
    internal long EvictedTo { get; init; } = long.MinValue;

    /// <summary>Ordinal of <c>Segment(0)</c>: chunks are numbered from the first ever sealed.</summary>
    internal int FirstOrdinal { get; }

    internal Correction? Corrections { get; }

    /// <summary>Sealed chunks, then the head where it has points.</summary>
    internal int SegmentCount => _sealed + (_head is null ? 0 : 1);

    internal int SealedCount => _sealed;

    internal Chunk Segment(int index) => index < _sealed ? _chunks[_start + index] : _head!;

    /// <summary>The first segment that ends at or after <paramref name="time"/>; <see cref="SegmentCount"/> when none does.</summary>
    internal int SegmentAt(long time) => SegmentAfter(Search.FirstAtOrAfter(LastTimes, time), time);

    /// <summary>The same, sought from a segment that is not later: costs the logarithm of the distance.</summary>
    internal int SegmentAt(long time, int from) => from >= _sealed ? SegmentAfter(from, time) : SegmentAfter(Search.FirstAtOrAfter(LastTimes, time, from), time);

    /// <summary>What sealed chunks come to, from one to before another.</summary>
    internal Bucket Summary(int from, int to)
    {
        var gone = _ladder.Sum(FirstOrdinal + from, FirstOrdinal + to, out var kept);
        if (gone == 0) return kept;
        // The series has let these go since this snapshot was taken. They are here still, and rarely asked for.
        var sum = Bucket.Empty;
        for (var i = from; i < from + gone; i++) sum.Merge(Bucket.Of(Segment(i).Times(ChunkSpace.OfThread), Segment(i).Values(ChunkSpace.OfThread)));
        sum.Merge(kept);
        return sum;
    }

    private static double Last(Chunk chunk) => chunk.ValueAt(chunk.Count - 1, ChunkSpace.OfThread);

    private ReadOnlySpan<long> LastTimes => _lastTimes.AsSpan(_start, _sealed);

    private int SegmentAfter(int sealedOnes, long time) => sealedOnes == _sealed && _head is not null && _head.LastTime < time ? sealedOnes + 1 : sealedOnes;

    /// <summary>
    /// The earliest time that late points changed after <paramref name="version"/>: <see cref="long.MaxValue"/> when points were only
    /// appended since, <see cref="long.MinValue"/> when that is no longer known.
    /// </summary>
    public long CorrectedSince(long version)
    {
        var earliest = long.MaxValue;
        for (var correction = Corrections; correction is not null && correction.Version > version; correction = correction.Earlier)
        {
            if (correction.IsForgotten) return long.MinValue;
            earliest = Math.Min(earliest, correction.Time);
        }
        return earliest;
    }

    /// <summary>Appends the points with <c>from ≤ time &lt; to</c> to the lists, oldest first, at most <paramref name="limit"/> of them.</summary>
    public void Read(long from, long to, List<long> times, List<double> values, int limit = int.MaxValue)
    {
        if (from >= to) return;
        var space = ChunkSpace.OfThread;
        for (var i = SegmentAt(from); i < SegmentCount && limit > 0; i++)
        {
            var segment = Segment(i);
            if (segment.FirstTime >= to) return;
            var begin = segment.PositionOf(from, space);
            var end = (int)Math.Min(segment.PositionOf(to, space), begin + (long)limit);
            times.AddRange(segment.Times(space)[begin..end]);
            values.AddRange(segment.Values(begin, end, space));
            limit -= end - begin;
        }
    }

    /// <summary>Time of the first point after <paramref name="time"/>; <see cref="long.MaxValue"/> when there is none.</summary>
    internal long TimeAfter(long time)
    {
        if (time >= LastTime) return long.MaxValue;
        var segment = Segment(SegmentAt(time + 1));
        return segment.TimeAt(segment.PositionOf(time + 1, ChunkSpace.OfThread), ChunkSpace.OfThread);
    }

    /// <summary>The newest point at or before <paramref name="time"/>, if there is one.</summary>
    public bool TryReadAt(long time, out long pointTime, out double value)
    {
        var index = SegmentAt(time);
        if (index == SegmentCount || Segment(index).FirstTime > time) index--;
        if (index < 0)
        {
            (pointTime, value) = (long.MinValue, double.NaN);
            return false;
        }
        var (segment, space) = (Segment(index), ChunkSpace.OfThread);
        var at = time >= segment.LastTime ? segment.Count - 1 : segment.PositionOf(time + 1, space) - 1;
        (pointTime, value) = (segment.TimeAt(at, space), segment.ValueAt(at, space));
        return true;
    }
}

/// <summary>
/// A late change: which version brought it and the earliest time it touched. A short linked list, newest first; times rise along it, since a change
/// that reaches further back says all that an earlier one did.
/// </summary>
internal sealed record Correction(long Version, long Time, Correction? Earlier, int Depth)
{
    private const int DepthMax = 64;

    /// <summary>Marks where older corrections were dropped.</summary>
    public bool IsForgotten => Time == long.MinValue;

    public static Correction Push(Correction? earlier, long version, long time)
    {
        while (earlier is not null && earlier.Time >= time) earlier = earlier.Earlier;
        if (earlier is null || earlier.Depth < DepthMax) return new Correction(version, time, earlier, (earlier?.Depth ?? 0) + 1);
        // Forget the older half: a viewer that far behind reads anew.
        var kept = new List<Correction>();
        for (var c = earlier; kept.Count < DepthMax / 2; c = c.Earlier!) kept.Add(c);
        var chain = new Correction(kept[^1].Version, long.MinValue, null, 1);
        for (var i = kept.Count - 2; i >= 0; i--) chain = new Correction(kept[i].Version, kept[i].Time, chain, chain.Depth + 1);
        return new Correction(version, time, chain, chain.Depth + 1);
    }
}
