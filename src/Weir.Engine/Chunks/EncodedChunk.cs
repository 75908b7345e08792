using System.Diagnostics.CodeAnalysis;
using Weir.Engine.Chunks.Codecs;
using Weir.Engine.Time;

namespace Weir.Engine.Chunks;

/// <summary>
/// A sealed, immutable chunk as the bytes of docs/storage.md. Beside them stands only what every search asks for; any other point is found in the bytes
/// in a fraction of a microsecond, and what the chunk comes to is in the series' ladder.
/// </summary>
internal sealed class EncodedChunk : Chunk
{
    /// <summary>What an object takes beside the encoded bytes: its fields, and the header of their array.</summary>
    public const int OverheadBytes = 56;

    private readonly byte[] _bytes;

    /// <summary>Encodes columns, which are copied.</summary>
    /// <param name="times">1 to 2,048, strictly rising.</param>
    /// <param name="values">As many.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no points, too many, or not as many of one as of the other.</exception>
    public EncodedChunk(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
        : this(ChunkEncoder.OfThread.Encode(times, values), times[^1])
    {
    }

    private EncodedChunk(byte[] bytes, long lastTime)
    {
        (_bytes, LastTime) = (bytes, lastTime);
    }

    /// <summary>The encoded chunk, to be written somewhere.</summary>
    public ReadOnlySpan<byte> Encoded => _bytes;

    public override int Count => ChunkDecoder.Count(_bytes);

    public override long FirstTime => ChunkDecoder.FirstTime(_bytes);

    public override long LastTime { get; }

    public override long Bytes => _bytes.Length + OverheadBytes;

    public override ReadOnlySpan<long> Times(ChunkSpace space) => space.Times(_bytes);

    public override ReadOnlySpan<double> Values(int from, int to, ChunkSpace space) => space.Values(_bytes, from, to);

    public override int PositionOf(long time, ChunkSpace space) =>
        ChunkDecoder.TryReadLine(_bytes, out var line) ? line.PositionOf(time, Count) : Search.FirstAtOrAfter(Times(space), time);

    public override long TimeAt(int position, ChunkSpace space) => ChunkDecoder.TryReadLine(_bytes, out var line) ? line.At(position) : Times(space)[position];

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

    private static EncodedChunk Open(byte[] bytes)
    {
        var count = ChunkDecoder.Open(bytes);
        var space = ChunkSpace.OfThread;
        // These bytes may be an array read into before.
        space.Forget();
        var times = space.Times(bytes);
        space.Values(bytes, 0, count);
        ChunkDecoder.ExpectShortDecimals(bytes, new long[count], VectorWidths.Widest);
        if (ChunkDecoder.FirstTime(bytes) != times[0]) throw new CorruptChunkException(ChunkFormat.HeaderBytes, "the anchor of the times is not the first of them");
        for (var i = 1; i < times.Length; i++)
        {
            if (times[i] <= times[i - 1]) throw new CorruptChunkException(ChunkFormat.HeaderBytes, $"time {i} of {count} is not later than the one before");
        }
        return new EncodedChunk(bytes, times[^1]);
    }
}
