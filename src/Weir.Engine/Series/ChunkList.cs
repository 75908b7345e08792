using Weir.Engine.Chunks;
using Weir.Engine.Ladders;

namespace Weir.Engine.Series;

/// <summary>
/// The sealed chunks of one series with the ladder over them. The engine changes it; snapshots keep the array they were made with,
/// of which no slot in use is ever rewritten.
/// </summary>
internal sealed class ChunkList
{
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

    public void Add(Chunk chunk)
    {
        if (_end == _chunks.Length) MoveTo(Math.Max(4, Count * 2), drop: 0);
        _lastTimes[_end] = chunk.LastTime;
        _chunks[_end++] = chunk;
        Ladder.Add(FirstOrdinal + Count - 1, chunk.Summary, FirstOrdinal);
        Points += chunk.Count;
        _chunkBytes += chunk.Bytes;
    }

    /// <summary>Lets the oldest chunk go; snapshots that hold it keep it until they are dropped.</summary>
    public Chunk RemoveOldest()
    {
        var oldest = this[0];
        FirstOrdinal++;
        MoveTo(Math.Max(4, Count * 2), drop: 1);
        Points -= oldest.Count;
        _chunkBytes -= oldest.Bytes;
        return oldest;
    }

    /// <summary>
    /// Puts other chunks in the places of some, all in one copy of the array that snapshots share. Of the ladder only what stands above these
    /// chunks is summed up anew, and from the first that became several on, whatever follows, since its ordinals move.
    /// </summary>
    /// <param name="replacements">By index, rising.</param>
    public void Replace(ReadOnlySpan<ChunkReplacement> replacements)
    {
        var old = _chunks.AsSpan(_start, Count);
        var count = old.Length;
        foreach (var replacement in replacements) count += replacement.Chunks.Count - 1;
        var (chunks, end, from) = (new Chunk[Math.Max(4, count + count / 4)], 0, 0);
        var moved = old.Length;
        foreach (var (index, parts) in replacements)
        {
            old[from..index].CopyTo(chunks.AsSpan(end));
            end += index - from;
            if (parts.Count > 1) moved = Math.Min(moved, index);
            (Points, _chunkBytes) = (Points - old[index].Count, _chunkBytes - old[index].Bytes);
            foreach (var part in parts)
            {
                chunks[end++] = part;
                (Points, _chunkBytes) = (Points + part.Count, _chunkBytes + part.Bytes);
            }
            from = index + 1;
        }
        old[from..].CopyTo(chunks.AsSpan(end));
        (_chunks, _lastTimes, _start, _end, Ladder) = (chunks, new long[chunks.Length], 0, count, Ladder.Copy());
        for (var i = 0; i < count; i++) _lastTimes[i] = chunks[i].LastTime;
        foreach (var (index, _) in replacements)
        {
            if (index < moved) Ladder.Replace(FirstOrdinal + index, this[index].Summary, FirstOrdinal + moved);
        }
        if (moved == old.Length) return;
        Ladder.Truncate(FirstOrdinal + moved);
        for (var i = moved; i < count; i++) Ladder.Add(FirstOrdinal + i, this[i].Summary, FirstOrdinal);
    }

    public SeriesSnapshot Publish(long version, PublishedHead? head, Correction? corrections) =>
        new(version, _chunks, _lastTimes, _start, _end, FirstOrdinal, head, Ladder, corrections, Points + (head?.Count ?? 0));

    private void MoveTo(int capacity, int drop)
    {
        var (chunks, lastTimes) = (new Chunk[capacity], new long[capacity]);
        _chunks.AsSpan(_start + drop, Count - drop).CopyTo(chunks);
        _lastTimes.AsSpan(_start + drop, Count - drop).CopyTo(lastTimes);
        (_end, _start, _chunks, _lastTimes) = (Count - drop, 0, chunks, lastTimes);
    }
}

/// <summary>Chunks that take the place of one.</summary>
internal readonly record struct ChunkReplacement(int Index, List<Chunk> Chunks);
