using System.Buffers.Binary;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>Turns columns into the bytes of a chunk. Made to be used again and again, by one thread at a time.</summary>
internal sealed class ChunkEncoder
{
    [ThreadStatic]
    private static ChunkEncoder? _ofThread;

    private readonly IntegerColumnWriter _integers;
    private readonly ValueColumnWriter _values;
    private readonly ByteWriter _bytes = new();

    /// <param name="vectors">Vectors to use; all give the same bytes.</param>
    public ChunkEncoder(VectorWidth vectors)
    {
        _integers = new IntegerColumnWriter(vectors);
        _values = new ValueColumnWriter(_integers, vectors);
    }

    public static ChunkEncoder OfThread => _ofThread ??= new ChunkEncoder(VectorWidths.Widest);

    /// <summary>The bytes of a chunk with these points.</summary>
    /// <param name="times">1 to 2,048, strictly rising.</param>
    /// <param name="values">As many.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no points or more than a chunk holds.</exception>
    public byte[] Encode(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(times.Length, nameof(times));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(times.Length, Chunk.PointsMax, nameof(times));
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, times.Length, nameof(values));
        _bytes.Clear();
        _bytes.Take(ChunkFormat.HeaderBytes);
        _integers.Write(times, _bytes);
        var valuesAt = _bytes.Length;
        var encoding = _values.Write(values, _bytes);

        var chunk = _bytes.Written.ToArray();
        chunk[ChunkFormat.VersionAt] = ChunkFormat.Version;
        chunk[ChunkFormat.EncodingAt] = (byte)encoding;
        BinaryPrimitives.WriteUInt16LittleEndian(chunk.AsSpan(ChunkFormat.CountAt), (ushort)times.Length);
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(ChunkFormat.LengthAt), chunk.Length);
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(ChunkFormat.ValuesAt), valuesAt);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(ChunkFormat.ChecksumAt), ChunkFormat.Checksum(chunk));
        return chunk;
    }
}
