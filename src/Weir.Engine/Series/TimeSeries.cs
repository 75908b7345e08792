using System.Runtime.InteropServices;
using Weir.Engine.Chunks;
using Weir.Engine.Time;

namespace Weir.Engine.Series;

/// <summary>
/// One series of an engine: its name, its kind and its points. Resolve it once and keep it; sending through it then costs no lookup.
/// Only the engine's loop writes points; anyone may read <see cref="Snapshot"/>.
/// </summary>
public sealed class TimeSeries
{
    private readonly ChunkList _chunks = new();
    private readonly LatePoints _late = new();
    private Head _head = new();
    private long _lastTime = long.MinValue;
    private SeriesSnapshot _snapshot;
    private long _maxPoints = Unlimited;

    private const long Unlimited = long.MaxValue;

    internal TimeSeries(int id, SeriesKey key, SeriesKind kind)
    {
        (Id, Key, Kind) = (id, key, kind);
        _snapshot = _chunks.Publish(0, null, null);
    }

    /// <summary>Position in the engine's catalog; never reused.</summary>
    public int Id { get; }

    public SeriesKey Key { get; }

    public SeriesKind Kind { get; }

    /// <summary>What the series held after the engine's last round.</summary>
    public SeriesSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>
    /// So many points are kept and older ones go, chunk by chunk, or null for as many as the engine's budget allows. What the engine keeps of
    /// each series in any case (1,000 points by default) stays.
    /// </summary>
    public long? MaxPoints
    {
        // One word, so that the engine's loop never sees half of a change.
        get => Volatile.Read(ref _maxPoints) is var max && max == Unlimited ? null : max;
        set => Volatile.Write(ref _maxPoints, value ?? Unlimited);
    }

    internal bool IsInRound { get; set; }

    /// <summary>Who is told when it changes. The array is never changed, only replaced.</summary>
    internal RoundObservation[] Observations = [];

    /// <summary>Whether it has no rollups: its points are those of windows over another, or there was no memory left.</summary>
    internal bool IsWithoutRollups { get; set; }

    internal long Bytes => _chunks.Bytes + _head.Bytes;

    internal int SealedCount => _chunks.Count;

    /// <summary>Chunks there were when the round began.</summary>
    internal int SealedBefore { get; set; }

    /// <summary>What of <see cref="Bytes"/> the engine's total already holds.</summary>
    internal long BytesCounted { get; set; }

    /// <summary>Turns in the <see cref="EvictionQueue"/> whose chunk is gone already.</summary>
    internal int TurnsForfeited { get; set; }

    /// <summary>Time of the newest point that was evicted; the smallest long when none was.</summary>
    internal long EvictedTo { get; private set; } = long.MinValue;

    /// <summary>The last finite value that was evicted; NaN when none was.</summary>
    internal double EvictedValue { get; private set; } = double.NaN;

    /// <summary>Times of the points that came late in this round, rising; empty between rounds.</summary>
    internal long[] LateTimes { get; set; } = [];

    /// <summary>How many points came late in this round that lie before a time.</summary>
    internal int CountLateBefore(long time) => Search.FirstAtOrAfter(LateTimes, time);

    /// <summary>Takes one point in; what comes out of order waits for <see cref="EndRound"/>.</summary>
    internal void Take(long time, double value)
    {
        if (time <= _lastTime)
        {
            _late.Add(time, value);
            return;
        }
        _lastTime = time;
        _head.Append(time, value);
        if (_head.IsFull) Seal();
    }

    /// <summary>Merges what came late and publishes the round. Returns the number of points refused as too late.</summary>
    /// <param name="lateness">How far a point may lie behind the newest, or behind the clock where the newest is ahead of it.</param>
    /// <param name="now">The clock: a point ahead of it does not make the present late.</param>
    internal int EndRound(long lateness, long now = long.MaxValue)
    {
        var corrections = _snapshot.Corrections;
        var refused = 0;
        if (_late.Count > 0)
        {
            // The smallest long means "no time" throughout and is never taken.
            var mark = Math.Min(_lastTime, now);
            var late = _late.Take(oldest: mark > long.MinValue + lateness ? mark - lateness : long.MinValue + 1);
            refused = late.Refused;
            if (late.Times.Length > 0)
            {
                LateTimes = late.Times;
                corrections = Correction.Push(corrections, _snapshot.Version + 1, late.Times[0]);
                MergeIntoChunks(late.Times, late.Values);
            }
        }
        Publish(_snapshot.Version + 1, corrections);
        return refused;
    }

    /// <summary>
    /// Drops the oldest chunk unless fewer than <paramref name="pointsMin"/> points would stay. Returns the points dropped. Only between rounds.
    /// </summary>
    internal int EvictOldest(long pointsMin)
    {
        if (_chunks.Count == 0 || _chunks.Points - _chunks[0].Count + _head.Count < pointsMin) return 0;
        var oldest = _chunks.RemoveOldest();
        if (oldest.LastTime > EvictedTo) (EvictedTo, EvictedValue) = (oldest.LastTime, LastFinite(oldest) ?? EvictedValue);
        // The last snapshot would keep the chunk alive until the series changes, which may be never.
        Publish(_snapshot.Version, _snapshot.Corrections);
        return oldest.Count;
    }

    private static double? LastFinite(Chunk chunk)
    {
        var values = chunk.Values(ChunkSpace.OfThread);
        for (var i = values.Length - 1; i >= 0; i--)
        {
            if (double.IsFinite(values[i])) return values[i];
        }
        return null;
    }

    internal long PointCount => _chunks.Points + _head.Count;

    private void Publish(long version, Correction? corrections) =>
        Volatile.Write(ref _snapshot, _chunks.Publish(version, _head.Count == 0 ? null : _head.Publish(), corrections));

    private void Seal()
    {
        // The chunk has columns of its own; readers may still hold the head's.
        _chunks.Add(new SealedChunk(_head.Times.AsSpan(0, _head.Count), _head.Values.AsSpan(0, _head.Count)));
        _head = new Head();
    }

    private void MergeIntoChunks(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        var headFrom = _chunks.Count == 0 ? 0 : Search.FirstAtOrAfter(times, _chunks[_chunks.Count - 1].LastTime + 1);
        if (headFrom < times.Length) MergeIntoHead(times[headFrom..], values[headFrom..]);

        var replacements = new List<ChunkReplacement>();
        var end = headFrom;
        while (end > 0)
        {
            var i = _chunks.IndexAtOrAfter(times[end - 1]);
            var begin = i == 0 ? 0 : Search.FirstAtOrAfter(times[..end], _chunks[i - 1].LastTime + 1);
            var space = ChunkSpace.OfThread;
            var merged = LatePoints.Merge(_chunks[i].Times(space), _chunks[i].Values(space), times[begin..end], values[begin..end]);
            replacements.Add(new(i, Split(merged.Times, merged.Values)));
            end = begin;
        }
        if (replacements.Count == 0) return;
        replacements.Reverse();
        _chunks.Replace(CollectionsMarshal.AsSpan(replacements));
    }

    private void MergeIntoHead(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        var merged = LatePoints.Merge(_head.Times.AsSpan(0, _head.Count), _head.Values.AsSpan(0, _head.Count), times, values);
        var from = 0;
        while (merged.Times.Length - from >= Chunk.Points)
        {
            var to = from + Chunk.Points;
            _chunks.Add(new SealedChunk(merged.Times.AsSpan(from..to), merged.Values.AsSpan(from..to)));
            from = to;
        }
        _head = new Head(merged.Times.AsSpan(from), merged.Values.AsSpan(from));
    }

    private static List<SealedChunk> Split(long[] times, double[] values)
    {
        if (times.Length <= Chunk.PointsMax) return [new SealedChunk(times, values)];
        var parts = new List<SealedChunk>();
        for (var from = 0; from < times.Length; from += Chunk.Points)
        {
            var to = Math.Min(times.Length, from + Chunk.Points);
            parts.Add(new SealedChunk(times.AsSpan(from..to), values.AsSpan(from..to)));
        }
        return parts;
    }
}
