using System.Diagnostics.CodeAnalysis;
using Weir.Engine.Chunks.Codecs;
using Weir.Engine.Ladders;

namespace Weir.Engine.Chunks;

/// <summary>
/// A sealed chunk as the bytes of docs/storage.md. What is asked most, its ends and its extremes, stands in fields and decodes nothing. It has no
/// ladder: decoding and scanning 1,024 points takes less than a microsecond, and a ladder would take more memory than the points do.
/// </summary>
internal sealed class EncodedChunk : Chunk
{
    /// <summary>What an object takes beside the encoded bytes: its fields, and the header of their array.</summary>
    public const int OverheadBytes = 144;

    private readonly byte[] _bytes;
    private readonly int _count;
    private readonly Bucket _summary;

    /// <summary>Encodes columns, which are copied.</summary>
    /// <param name="times">1 to 2,048, strictly rising.</param>
    /// <param name="values">As many.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no points, too many, or not as many of one as of the other.</exception>
    public EncodedChunk(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
        : this(ChunkEncoder.OfThread.Encode(times, values), times, values)
    {
    }

    private EncodedChunk(byte[] bytes, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        (_bytes, _count) = (bytes, times.Length);
        (FirstTime, LastTime, FirstValue, LastValue) = (times[0], times[^1], values[0], values[^1]);
        _summary = Bucket.Empty;
        _summary.Add(values, 0);
        (MinTime, MaxTime) = (times[_summary.ArgMin], times[_summary.ArgMax]);
    }

    /// <summary>The encoded chunk, to be written somewhere.</summary>
    public ReadOnlySpan<byte> Encoded => _bytes;

    public override int Count => _count;

    public override long FirstTime { get; }

    public override long LastTime { get; }

    public override double FirstValue { get; }

    public override double LastValue { get; }

    public override ref readonly Bucket Summary => ref _summary;

    public override long MinTime { get; }

    public override long MaxTime { get; }

    public override long Bytes => _bytes.Length + OverheadBytes;

    /// <summary>
    /// Opens a chunk that came from elsewhere: compares its checksum and decodes all of it once, so that what is asked of it later cannot fail.
    /// </summary>
    /// <param name="bytes">Exactly one chunk; taken over, must not change afterwards.</param>
    /// <param name="chunk">The chunk, if it is one.</param>
    /// <param name="fault">At which byte it is corrupt, and how.</param>
    public static bool TryOpen(byte[] bytes, [NotNullWhen(true)] out EncodedChunk? chunk, [NotNullWhen(false)] out CorruptChunkException? fault)
    {
        try
        {
            (chunk, fault) = (Open(bytes), null);
            return true;
        }
        catch (CorruptChunkException corrupt)
        {
            (chunk, fault) = (null, corrupt);
            return false;
        }
    }

    public override ReadOnlySpan<long> Times(ChunkSpace space) => space.Times(_bytes, _count);

    public override ReadOnlySpan<double> Values(ChunkSpace space) => space.Values(_bytes, _count);

    private static EncodedChunk Open(byte[] bytes)
    {
        var count = ChunkDecoder.Open(bytes);
        var space = ChunkSpace.OfThread;
        // These bytes may be an array read into before.
        space.Forget();
        var times = space.Times(bytes, count);
        var values = space.Values(bytes, count);
        ChunkDecoder.ExpectShortDecimals(bytes, new long[count], VectorWidths.Widest);
        for (var i = 1; i < times.Length; i++)
        {
            if (times[i] <= times[i - 1]) throw new CorruptChunkException(ChunkFormat.HeaderBytes, $"time {i} of {count} is not later than the one before");
        }
        return new EncodedChunk(bytes, times, values);
    }
}
