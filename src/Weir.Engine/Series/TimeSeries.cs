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
    private ChunkList _chunks = new();
    private readonly LatePoints _late = new();
    private Head _head = new();
    private long _lastTime = long.MinValue;
    private SeriesSnapshot _snapshot;
    private long _maxPoints = Unlimited;
    private bool _hasLeft;

    /// <summary>Times of the points of this round that were merged in front of others; null when there are none.</summary>
    private List<long>? _touched;

    private const long Unlimited = long.MaxValue;

    /// <param name="id">Its number.</param>
    /// <param name="key">Name and labels.</param>
    /// <param name="kind">Its own.</param>
    /// <param name="kindOfName">That of what it is a part of, such as a histogram, of which a quantile is a gauge; its own when null.</param>
    internal TimeSeries(int id, SeriesKey key, SeriesKind kind, SeriesKind? kindOfName = null)
    {
        (Id, Key, Kind, KindOfName) = (id, key, kind, kindOfName ?? kind);
        _snapshot = _chunks.Publish(0, null, null);
    }

    /// <summary>Number in the engine's catalog; no other series ever has it. One that left and came back has a new one.</summary>
    public int Id { get; private set; }

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

    internal SeriesKind KindOfName { get; }

    /// <summary>Whether it stands in for all series over the limit.</summary>
    internal bool IsOverflow { get; set; }

    /// <summary>Whether it was silent for so long that it left the catalog. Whoever sends to it makes it join again.</summary>
    internal bool HasLeft { get => Volatile.Read(ref _hasLeft); set => Volatile.Write(ref _hasLeft, value); }

    /// <summary>When, by the engine's clock, it last got a point, or will get one that waits; the smallest long when that is not known.</summary>
    internal long ActiveAt { get; set; } = long.MinValue;

    /// <summary>What rollups keep of it. They alone know what it is.</summary>
    internal object? Rollups;

    /// <summary>The instrument that records into it. Instruments alone know what it is.</summary>
    internal object? Instrument;

    internal bool IsInRound { get; set; }

    /// <summary>Who is told when it changes. The array is never changed, only replaced.</summary>
    internal RoundObservation[] Observations = [];

    /// <summary>Whether it has no rollups: its points are those of windows over another, or there was no memory left.</summary>
    internal bool IsWithoutRollups { get; set; }

    internal long Bytes => _chunks.Bytes + _head.Bytes;

    internal int SealedCount => _chunks.Count;

    /// <summary>What of <see cref="Bytes"/> the engine's total already holds.</summary>
    internal long BytesCounted { get; set; }

    /// <summary>The time under which it stands in the <see cref="EvictionQueue"/>; <see cref="long.MaxValue"/> when it does not.</summary>
    internal long EvictionTurn { get; set; } = long.MaxValue;

    /// <summary>Time of the newest point of the oldest chunk; <see cref="long.MaxValue"/> when none is sealed.</summary>
    internal long OldestChunkTime => _chunks.Count == 0 ? long.MaxValue : _chunks[0].LastTime;

    /// <summary>Time of the oldest point; <see cref="long.MaxValue"/> when there is none. Between rounds the snapshot may not tell it yet.</summary>
    internal long FirstTime => _chunks.Count > 0 ? _chunks[0].FirstTime : _head.Count > 0 ? _head.Times[0] : long.MaxValue;

    /// <summary>Time of the newest point that was evicted; the smallest long when none was.</summary>
    internal long EvictedTo { get; private set; } = long.MinValue;

    /// <summary>The last finite value that was evicted; NaN when none was.</summary>
    internal double EvictedValue { get; private set; } = double.NaN;

    /// <summary>Times of the points that came late in this round, rising; empty between rounds.</summary>
    internal long[] LateTimes { get; set; } = [];

    /// <summary>How many points came late in this round that lie before a time.</summary>
    internal int CountLateBefore(long time) => Search.FirstAtOrAfter(LateTimes, time);

    /// <summary>It is in the catalog again, under this number.</summary>
    internal void Rejoin(int id)
    {
        Id = id;
        HasLeft = false;
    }

    /// <summary>Lets all points go, and what was made of them, as if it were new. Only between rounds, of one that has left.</summary>
    internal void Clear()
    {
        (_chunks, _head, _lastTime) = (new ChunkList(), new Head(), long.MinValue);
        (EvictedTo, EvictedValue, IsWithoutRollups) = (long.MinValue, double.NaN, false);
        Publish(_snapshot.Version + 1, corrections: null);
    }

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
        var refused = MergeLate(lateness, now);
        var corrections = _snapshot.Corrections;
        if (_touched is not null)
        {
            LateTimes = [.. _touched];
            // Several merges in one round, as imports make them, each begin anew.
            Array.Sort(LateTimes);
            _touched = null;
            corrections = Correction.Push(corrections, _snapshot.Version + 1, LateTimes[0]);
        }
        Publish(_snapshot.Version + 1, corrections);
        return refused;
    }

    /// <summary>Merges what came late so far, so that what follows replaces it. Returns the number of points refused as too late.</summary>
    internal int MergeLate(long lateness, long now)
    {
        if (_late.Count == 0) return 0;
        // The smallest long means "no time" throughout and is never taken.
        var mark = Math.Min(_lastTime, now);
        var late = _late.Take(oldest: mark > long.MinValue + lateness ? mark - lateness : long.MinValue + 1);
        if (late.Times.Length == 0) return late.Refused;
        MergeIntoChunks(late.Times, late.Values);
        (_touched ??= []).AddRange(late.Times);
        return late.Refused;
    }

    /// <summary>
    /// Takes in points of any age: what is there with the same time is replaced. They are published with the round. Returns how many were replaced.
    /// </summary>
    /// <param name="times">Rising, none twice.</param>
    /// <param name="values">As many.</param>
    internal int Import(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        var (before, late) = (PointCount, _lastTime == long.MinValue ? 0 : Search.FirstAtOrAfter(times, _lastTime + 1));
        if (late > 0)
        {
            MergeIntoChunks(times[..late], values[..late]);
            (_touched ??= []).AddRange(times[..late]);
        }
        for (var from = late; from < times.Length;)
        {
            from += _head.Append(times[from..], values[from..]);
            _lastTime = times[from - 1];
            if (_head.IsFull) Seal();
        }
        return (int)(before + times.Length - PointCount);
    }

    /// <summary>Encodes the points of the head before it is full, which take 16 bytes each there. False when there are too few to gain by it. Only between rounds.</summary>
    internal bool TrySealEarly(int pointsMin)
    {
        if (_head.Count < pointsMin) return false;
        Seal();
        Publish(_snapshot.Version, _snapshot.Corrections);
        return true;
    }

    /// <summary>
    /// Drops the oldest chunk unless fewer than <paramref name="pointsMin"/> points would stay. Returns the points dropped. Only between rounds.
    /// </summary>
    internal int EvictOldest(long pointsMin)
    {
        if (!MayEvict(pointsMin)) return 0;
        var oldest = _chunks.RemoveOldest();
        if (oldest.LastTime > EvictedTo) (EvictedTo, EvictedValue) = (oldest.LastTime, LastFinite(oldest) ?? EvictedValue);
        // The last snapshot would keep the chunk alive until the series changes, which may be never.
        Publish(_snapshot.Version, _snapshot.Corrections);
        return oldest.Count;
    }

    internal bool MayEvict(long pointsMin) => _chunks.Count > 0 && PointCount - _chunks[0].Count >= pointsMin;

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
        Volatile.Write(ref _snapshot, _chunks.Publish(version, _head.Count == 0 ? null : _head.Publish(), corrections, EvictedTo));

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
