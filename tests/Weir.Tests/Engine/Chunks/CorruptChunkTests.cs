using System.Buffers.Binary;
using Weir.Engine.Chunks;
using Weir.Engine.Chunks.Codecs;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Chunks;

/// <summary>Bytes that are no chunk are refused with the place and the reason, and never do anything else.</summary>
public sealed class CorruptChunkTests
{
    [Fact]
    public void Every_torn_end_is_found() => Property.Holds(5, random =>
    {
        var bytes = Any(random);
        for (var length = 0; length < bytes.Length; length++) Assert.False(EncodedChunk.TryOpen(bytes[..length], out _, out _), $"{length} of {bytes.Length} bytes were taken.");
        Assert.False(EncodedChunk.TryOpen([.. bytes, 0], out _, out _));
    });

    [Fact]
    public void Every_flipped_bit_is_found() => Property.Holds(3, random =>
    {
        var bytes = Any(random);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.False(EncodedChunk.TryOpen(bytes, out _, out _), $"Bit {bit} was flipped and nobody noticed.");
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
        }
        Assert.True(EncodedChunk.TryOpen(bytes, out _, out _));
    });

    /// <summary>With a checksum that is right again, a changed chunk is another chunk or none; nothing else may come of it.</summary>
    [Fact]
    public void Changed_bytes_with_a_right_checksum_are_refused_or_read_the_same_by_all() => Property.Holds(4000, random =>
    {
        var bytes = Any(random);
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            // Most of what can go wrong is said at the beginning of a column.
            var at = random.Next(3) switch
            {
                0 => random.Next(ChunkFormat.VersionAt, bytes.Length),
                1 => ChunkFormat.VersionAt + random.Next(Math.Min(60, bytes.Length - ChunkFormat.VersionAt)),
                _ => Math.Min(bytes.Length - 1, Math.Abs(BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(ChunkFormat.ValuesAt))) % bytes.Length + random.Next(40)),
            };
            bytes[at] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => (byte)(bytes[at] ^ 1 << random.Next(8)), _ => (byte)(random.Next(2) * 255) };
        }
        AssertRefusedOrReadTheSame(Sign(bytes));
    });

    [Fact]
    public void Random_bytes_with_a_right_header_are_refused_or_read_the_same_by_all() => Property.Holds(4000, random =>
    {
        var bytes = new byte[random.Next(ChunkFormat.HeaderBytes + 1, 600)];
        random.NextBytes(bytes);
        bytes[ChunkFormat.VersionAt] = ChunkFormat.Version;
        bytes[ChunkFormat.EncodingAt] = (byte)random.Next(3);
        bytes[ChunkFormat.HeaderBytes] = (byte)random.Next(4);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(ChunkFormat.CountAt), (ushort)random.Next(1, 2049));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(ChunkFormat.LengthAt), bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(ChunkFormat.ValuesAt), random.Next(ChunkFormat.HeaderBytes, bytes.Length));
        AssertRefusedOrReadTheSame(Sign(bytes));
    });

    [Theory]
    [InlineData(ChunkFormat.VersionAt, 2, 4, "version 2 is not known")]
    [InlineData(ChunkFormat.EncodingAt, 3, 5, "value encoding 3 is not known")]
    [InlineData(ChunkFormat.CountAt + 1, 255, 6, "65284 points; a chunk has 1 to 2048")]
    [InlineData(ChunkFormat.LengthAt + 3, 127, 8, "the length says 213")]
    [InlineData(ChunkFormat.ValuesAt + 3, 200, 12, "values at byte -")]
    [InlineData(ChunkFormat.HeaderBytes, 9, 16, "shape 9 of a column is not known")]
    [InlineData(ChunkFormat.HeaderBytes + 1, 9, 17, "an anchor is 9 bytes long")]
    public void Fault_names_the_byte_and_what_is_wrong(int at, byte value, int offset, string what)
    {
        var bytes = ChunkEncoder.OfThread.Encode(Enumerable.Range(0, 260).Select(i => i * (long)i).ToArray(), new double[260]);
        bytes[at] = value;
        Assert.False(EncodedChunk.TryOpen(Sign(bytes), out _, out var fault));
        Assert.StartsWith($"Chunk is corrupt at byte {offset}: {what}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_that_do_not_rise_are_refused()
    {
        var bytes = ChunkEncoder.OfThread.Encode([1, 2, 2, 3], new double[4]);
        Assert.False(EncodedChunk.TryOpen(bytes, out _, out var fault));
        Assert.Contains("time 2 of 4 is not later", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_that_do_not_begin_at_their_anchor_are_refused()
    {
        var bytes = ChunkEncoder.OfThread.Encode(ChunkSamples.Times["jitter of nanoseconds"](new Random(1), 300), new double[300]);
        var refused = 0;
        for (var at = ChunkFormat.HeaderBytes; at < BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(ChunkFormat.ValuesAt)); at++)
        {
            byte[] changed = [.. bytes];
            changed[at] += 2;
            if (EncodedChunk.TryOpen(Sign(changed), out var chunk, out var fault)) Assert.Equal(chunk.Times(new ChunkSpace())[0], chunk.FirstTime);
            else if (fault.Message.Contains("the anchor of the times is not the first", StringComparison.Ordinal)) refused++;
        }
        Assert.True(refused > 0, "No change shifted the times off their anchor.");
    }

    [Theory]
    [InlineData(1L << 53, true)]
    [InlineData(-(1L << 53), true)]
    [InlineData((1L << 53) + 1, false)]
    [InlineData(-(1L << 53) - 1, false)]
    [InlineData(long.MinValue, false)]
    public void Decimals_of_more_than_53_bits_are_refused(long integer, bool isTaken)
    {
        var bytes = ChunkEncoder.OfThread.Encode([1], [0.5]);
        var valuesAt = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(ChunkFormat.ValuesAt));
        var anchor = BitConverter.GetBytes(ZigZag.Encode(integer));
        // Exponent 1, a line of step 0, no exceptions.
        byte[] changed = [.. bytes[..valuesAt], 1, (byte)IntegerShape.Line, 8, .. anchor, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(ChunkFormat.LengthAt), changed.Length);
        Assert.Equal(isTaken, EncodedChunk.TryOpen(Sign(changed), out var chunk, out var fault));
        if (isTaken) Assert.Equal(integer / 10.0, chunk!.ValueAt(0, ChunkSpace.OfThread));
        else Assert.Contains("allowed are up to 2^53", fault!.Message, StringComparison.Ordinal);
    }

    /// <summary>Check value of the CRC catalogue (CRC-32/ISCSI).</summary>
    [Fact]
    public void Checksum_is_Castagnolis() => Assert.Equal(0xE3069283, ChunkFormat.Checksum([0, 0, 0, 0, .. "123456789"u8]));

    private static byte[] Any(Random random)
    {
        var count = random.Next(1, 300);
        var times = ChunkSamples.Times.Values.ElementAt(random.Next(ChunkSamples.Times.Count))(random, count);
        return ChunkEncoder.OfThread.Encode(times, ChunkSamples.Values.Values.ElementAt(random.Next(ChunkSamples.Values.Count))(random, count));
    }

    private static byte[] Sign(byte[] bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, ChunkFormat.Checksum(bytes));
        return bytes;
    }

    private static void AssertRefusedOrReadTheSame(byte[] bytes)
    {
        if (!EncodedChunk.TryOpen(bytes, out var chunk, out var fault))
        {
            Assert.InRange(fault.Offset, 0, bytes.Length);
            return;
        }
        var (times, scratch) = (new long[chunk.Count], new long[2 * chunk.Count]);
        var (values, wide) = (new double[chunk.Count], new double[chunk.Count]);
        ChunkDecoder.Times(bytes, times, VectorWidth.Scalar);
        Assert.Equal(times, chunk.Times(new ChunkSpace()));
        Assert.Equal((times[0], times[^1]), (chunk.FirstTime, chunk.LastTime));
        ChunkDecoder.Values(bytes, values, scratch, VectorWidth.Scalar);
        foreach (var vectors in Widths.Vectors)
        {
            ChunkDecoder.Values(bytes, wide, scratch, vectors);
            Points.AssertSame(new Points(times, values), new Points(times, wide));
        }
    }
}
