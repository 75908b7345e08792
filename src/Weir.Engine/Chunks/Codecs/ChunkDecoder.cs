using System.Buffers.Binary;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>Turns the bytes of a chunk back into columns. Whatever the bytes say, nothing is read or written outside of what is given.</summary>
internal static class ChunkDecoder
{
    /// <summary>Reads the header and compares lengths and checksum.</summary>
    /// <returns>The number of points.</returns>
    /// <exception cref="CorruptChunkException">The bytes are no whole chunk of this version, or have changed since they were written.</exception>
    public static int Open(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < ChunkFormat.HeaderBytes) throw new CorruptChunkException(0, $"{chunk.Length} bytes are fewer than the {ChunkFormat.HeaderBytes} of a header");
        var version = chunk[ChunkFormat.VersionAt];
        if (version != ChunkFormat.Version) throw new CorruptChunkException(ChunkFormat.VersionAt, $"version {version} is not known, only {ChunkFormat.Version}");
        var length = BinaryPrimitives.ReadInt32LittleEndian(chunk[ChunkFormat.LengthAt..]);
        if (length != chunk.Length) throw new CorruptChunkException(ChunkFormat.LengthAt, $"the length says {length} bytes and {chunk.Length} are there");
        if (length > ChunkFormat.LengthMax) throw new CorruptChunkException(ChunkFormat.LengthAt, $"{length} bytes are more than the {ChunkFormat.LengthMax} of a chunk");
        var (said, found) = (BinaryPrimitives.ReadUInt32LittleEndian(chunk[ChunkFormat.ChecksumAt..]), ChunkFormat.Checksum(chunk));
        if (said != found) throw new CorruptChunkException(ChunkFormat.ChecksumAt, $"the checksum says {said:X8} and the bytes give {found:X8}");
        var count = Count(chunk);
        if (count is 0 or > Chunk.PointsMax) throw new CorruptChunkException(ChunkFormat.CountAt, $"{count} points; a chunk has 1 to {Chunk.PointsMax}");
        if (chunk[ChunkFormat.EncodingAt] > (byte)ValueEncoding.Split) throw new CorruptChunkException(ChunkFormat.EncodingAt, $"value encoding {chunk[ChunkFormat.EncodingAt]} is not known");
        var valuesAt = BinaryPrimitives.ReadInt32LittleEndian(chunk[ChunkFormat.ValuesAt..]);
        if (valuesAt < ChunkFormat.HeaderBytes || valuesAt >= length) throw new CorruptChunkException(ChunkFormat.ValuesAt, $"values at byte {valuesAt} of {length}");
        return count;
    }

    /// <summary>Decodes the times of an opened chunk.</summary>
    /// <param name="chunk">The bytes; <see cref="Open"/> has found them right.</param>
    /// <param name="into">As long as the chunk has points.</param>
    /// <param name="vectors">Vectors to use.</param>
    /// <exception cref="CorruptChunkException">The bytes are no such column.</exception>
    public static void Times(ReadOnlySpan<byte> chunk, Span<long> into, VectorWidth vectors)
    {
        var reader = new ByteReader(chunk, ChunkFormat.HeaderBytes);
        IntegerColumnReader.Read(ref reader, into, vectors);
        ExpectEnd(reader, BinaryPrimitives.ReadInt32LittleEndian(chunk[ChunkFormat.ValuesAt..]));
    }

    /// <summary>Decodes the values of an opened chunk.</summary>
    /// <param name="chunk">The bytes; <see cref="Open"/> has found them right.</param>
    /// <param name="into">As long as the chunk has points.</param>
    /// <param name="scratch">Twice as long.</param>
    /// <param name="vectors">Vectors to use.</param>
    /// <exception cref="CorruptChunkException">The bytes are no such column.</exception>
    public static void Values(ReadOnlySpan<byte> chunk, Span<double> into, Span<long> scratch, VectorWidth vectors) => Values(chunk, into, 0, into.Length, scratch, vectors);

    /// <summary>
    /// Decodes the values at positions from <paramref name="first"/> to before <paramref name="end"/> to their places; other places may be written too, rightly or not.
    /// </summary>
    /// <inheritdoc cref="Values(ReadOnlySpan{byte}, Span{double}, Span{long}, VectorWidth)"/>
    public static void Values(ReadOnlySpan<byte> chunk, Span<double> into, int first, int end, Span<long> scratch, VectorWidth vectors)
    {
        var reader = new ByteReader(chunk, BinaryPrimitives.ReadInt32LittleEndian(chunk[ChunkFormat.ValuesAt..]));
        ValueColumnReader.Read(ref reader, (ValueEncoding)chunk[ChunkFormat.EncodingAt], into, first, end, scratch, vectors);
        ExpectEnd(reader, chunk.Length);
    }

    /// <summary>Points of an opened chunk.</summary>
    public static int Count(ReadOnlySpan<byte> chunk) => BinaryPrimitives.ReadUInt16LittleEndian(chunk[ChunkFormat.CountAt..]);

    /// <summary>Of an opened chunk: times rise, so the anchor of their column, which is the smallest, is the first.</summary>
    public static long FirstTime(ReadOnlySpan<byte> chunk)
    {
        var reader = new ByteReader(chunk, ChunkFormat.HeaderBytes);
        reader.ReadByte("a shape");
        return reader.ReadSigned("an anchor");
    }

    /// <summary>The times of an opened chunk, where they are regular and so need no decoding.</summary>
    public static bool TryReadLine(ReadOnlySpan<byte> chunk, out TimeLine line)
    {
        var reader = new ByteReader(chunk, ChunkFormat.HeaderBytes);
        var isLine = reader.ReadByte("a shape") == (byte)IntegerShape.Line;
        line = isLine ? new TimeLine(reader.ReadSigned("an anchor"), reader.ReadSigned("a step")) : default;
        return isLine;
    }

    /// <summary>Refuses decimals of more digits than encoders write: wider vectors would divide them differently, in the last bit.</summary>
    /// <param name="chunk">The bytes; <see cref="Open"/> has found them right and <see cref="Values(ReadOnlySpan{byte}, Span{double}, Span{long}, VectorWidth)"/> has read them.</param>
    /// <param name="scratch">As long as the chunk has points.</param>
    /// <param name="vectors">Vectors to use.</param>
    /// <exception cref="CorruptChunkException">An integer that is to be divided has more than 53 bits.</exception>
    public static void ExpectShortDecimals(ReadOnlySpan<byte> chunk, Span<long> scratch, VectorWidth vectors)
    {
        if (chunk[ChunkFormat.EncodingAt] != (byte)ValueEncoding.Decimal) return;
        var reader = new ByteReader(chunk, BinaryPrimitives.ReadInt32LittleEndian(chunk[ChunkFormat.ValuesAt..]));
        if (reader.ReadByte("an exponent") == 0) return;
        IntegerColumnReader.Read(ref reader, scratch, vectors);
        var (min, max) = NumberRange.Of(scratch, vectors);
        var tooLong = max > Decimals.IntegerMax ? max : min;
        if (tooLong is > Decimals.IntegerMax or < -Decimals.IntegerMax) reader.Fail($"a decimal has the integer {tooLong}; allowed are up to 2^53 on both sides of 0");
    }

    private static void ExpectEnd(ByteReader reader, int end)
    {
        if (reader.Offset != end) reader.Fail($"a column ends here and should at byte {end}");
    }
}
