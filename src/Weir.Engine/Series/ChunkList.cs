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

    /// <summary>Puts other chunks in the place of one, and builds the ladder anew: late points are rare and few chunks are.</summary>
    public void Replace(int index, IReadOnlyList<Chunk> replacements)
    {
        var chunks = new List<Chunk>(Count + replacements.Count);
        for (var i = 0; i < Count; i++)
        {
            if (i == index) chunks.AddRange(replacements);
            else chunks.Add(this[i]);
        }
        (_chunks, _lastTimes, _start, _end) = (new Chunk[chunks.Count + 4], new long[chunks.Count + 4], 0, 0);
        (Points, _chunkBytes, Ladder) = (0, 0, new SeriesLadder());
        foreach (var chunk in chunks) Add(chunk);
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
