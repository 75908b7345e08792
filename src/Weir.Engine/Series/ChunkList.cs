using Weir.Engine.Chunks;
using Weir.Engine.Ladders;
using Weir.Engine.Time;

namespace Weir.Engine.Series;

/// <summary>
/// The sealed chunks of one series with the ladder over them. The engine changes it; snapshots keep the array they were made with,
/// of which no slot in use is ever rewritten.
/// </summary>
internal sealed class ChunkList
{
    private const int GoneOneIn = 32;

    private Chunk[] _chunks = [];

    /// <summary>Side by side with the chunks, since every read begins by looking for a time.</summary>
    private long[] _lastTimes = [];
    private int _start;
    private int _end;
    private long _chunkBytes;

    public SeriesLadder Ladder { get; private set; } = new();

    public int FirstOrdinal { get; private set; }

    public int Count => _end - _start;

    public long Points { get; private set; }

    /// <summary>Of the chunks, of the ladder over them and of the lists that hold both.</summary>
    public long Bytes => _chunkBytes + Ladder.Bytes + _chunks.Length * (long)(sizeof(long) + IntPtr.Size);

    public Chunk this[int index] => _chunks[_start + index];

    /// <summary>The first chunk that ends at or after a time; <see cref="Count"/> when none does.</summary>
    public int IndexAtOrAfter(long time) => Search.FirstAtOrAfter(_lastTimes.AsSpan(_start, Count), time);

    public void Add(in SealedChunk chunk)
    {
        if (_end == _chunks.Length) MoveTo(Math.Max(4, Count * 2));
        _lastTimes[_end] = chunk.Chunk.LastTime;
        _chunks[_end++] = chunk.Chunk;
        Ladder.Add(FirstOrdinal + Count - 1, chunk.Summary, FirstOrdinal);
        Points += chunk.Chunk.Count;
        _chunkBytes += chunk.Chunk.Bytes;
    }

    /// <summary>
    /// Lets the oldest chunk go; snapshots that hold it keep it until they are dropped. The list itself may hold, and count the bytes of, up to a
    /// 32nd of its chunks that are gone, so that a long list is not copied for each.
    /// </summary>
    public Chunk RemoveOldest()
    {
        var oldest = this[0];
        FirstOrdinal++;
        _start++;
        Points -= oldest.Count;
        // As many as went most likely come before the next copy.
        if (_start * GoneOneIn > Count) MoveTo(Math.Max(4, Count + Count / 8));
        return oldest;
    }

    /// <summary>
    /// Puts other chunks in the places of some, all in one copy of the array that snapshots share. Of the ladder only what stands above these
    /// chunks is summed up anew, and from the first that became several on, whatever follows, since its ordinals move.
    /// </summary>
    /// <param name="replacements">By index, rising.</param>
    public void Replace(ReadOnlySpan<ChunkReplacement> replacements)
    {
        var (count, moved) = (Count, Count);
        foreach (var (index, parts) in replacements)
        {
            count += parts.Count - 1;
            if (parts.Count > 1) moved = Math.Min(moved, index);
            _chunkBytes -= this[index].Bytes;
            Points -= this[index].Count;
            foreach (var part in parts) (Points, _chunkBytes) = (Points + part.Chunk.Count, _chunkBytes + part.Chunk.Bytes);
        }
        ForgetGone();
        Ladder = ReplaceInLadder(replacements, moved);
        var capacity = Math.Max(4, count + count / 4);
        var (chunks, lastTimes, from, end) = (new Chunk[capacity], new long[capacity], _start, 0);
        foreach (var (index, parts) in replacements)
        {
            Keep(_start + index);
            foreach (var part in parts) (chunks[end], lastTimes[end++]) = (part.Chunk, part.Chunk.LastTime);
            from++;
        }
        Keep(_end);
        (_chunks, _lastTimes, _start, _end) = (chunks, lastTimes, 0, end);

        void Keep(int to)
        {
            _chunks.AsSpan(from..to).CopyTo(chunks.AsSpan(end));
            _lastTimes.AsSpan(from..to).CopyTo(lastTimes.AsSpan(end));
            (end, from) = (end + to - from, to);
        }
    }

    private SeriesLadder ReplaceInLadder(ReadOnlySpan<ChunkReplacement> replacements, int moved)
    {
        var (ladder, next) = (Ladder.Copy(), 0);
        for (; next < replacements.Length && replacements[next].Index < moved; next++)
        {
            ladder.Replace(FirstOrdinal + replacements[next].Index, replacements[next].Chunks[0].Summary, FirstOrdinal + moved);
        }
        if (moved == Count) return ladder;
        ladder.Truncate(FirstOrdinal + moved);
        var ordinal = FirstOrdinal + moved;
        for (var i = moved; i < Count; i++)
        {
            if (next == replacements.Length || replacements[next].Index > i) ladder.Add(ordinal++, Ladder[FirstOrdinal + i], FirstOrdinal);
            else foreach (var part in replacements[next++].Chunks) ladder.Add(ordinal++, part.Summary, FirstOrdinal);
        }
        return ladder;
    }

    public SeriesSnapshot Publish(long version, PublishedHead? head, Correction? corrections, long evictedTo = long.MinValue) =>
        new(version, _chunks, _lastTimes, _start, _end, FirstOrdinal, head, Ladder, corrections, Points + (head?.Count ?? 0)) { EvictedTo = evictedTo };

    /// <summary>Chunks that were removed no longer count: what follows is a list without them.</summary>
    private void ForgetGone()
    {
        for (var i = 0; i < _start; i++) _chunkBytes -= _chunks[i].Bytes;
    }

    /// <summary>Copies the chunks in use into longer lists, or shorter ones.</summary>
    private void MoveTo(int capacity)
    {
        ForgetGone();
        var (chunks, lastTimes) = (new Chunk[capacity], new long[capacity]);
        _chunks.AsSpan(_start, Count).CopyTo(chunks);
        _lastTimes.AsSpan(_start, Count).CopyTo(lastTimes);
        (_end, _start, _chunks, _lastTimes) = (Count, 0, chunks, lastTimes);
    }
}

/// <summary>A chunk and what it comes to, which the ladder keeps.</summary>
internal readonly record struct SealedChunk(Chunk Chunk, Bucket Summary)
{
    public SealedChunk(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
        : this(new EncodedChunk(times, values), Bucket.Of(times, values))
    {
    }
}

/// <summary>Chunks that take the place of one.</summary>
internal readonly record struct ChunkReplacement(int Index, List<SealedChunk> Chunks);
