using System.Buffers.Binary;

namespace Weir.Engine.Wire;

/// <summary>Writes and reads blocks of points.</summary>
public static class PointBlock
{
    /// <summary>The most points that fit a block.</summary>
    public const int CountMax = (BlockHeader.BlockBytesMax - BlockHeader.Size) / 16;

    /// <summary>Writes one block and returns its length; <paramref name="to"/> needs <see cref="BlockHeader.PointsLength"/> bytes.</summary>
    public static int Write(Span<byte> to, ReadOnlySpan<long> times, ReadOnlySpan<double> values, uint view, uint slot, ulong sequence)
    {
        var count = times.Length;
        ArgumentOutOfRangeException.ThrowIfZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, CountMax);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, count);
        var length = BlockHeader.PointsLength(count);
        new BlockHeader(BlockKind.Points, BlockFlags.None, length, view, slot, count, sequence, 0, 0).Write(to);
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(to[(BlockHeader.Size + 8 * i)..], times[i]);
            BinaryPrimitives.WriteDoubleLittleEndian(to[(BlockHeader.Size + 8 * (count + i))..], values[i]);
        }
        return length;
    }

    public static (long[] Times, double[] Values) Read(ReadOnlySpan<byte> message, int at, in BlockHeader header)
    {
        var body = message.Slice(at + BlockHeader.Size, header.Length - BlockHeader.Size);
        var (times, values) = (new long[header.Count], new double[header.Count]);
        for (var i = 0; i < header.Count; i++)
        {
            times[i] = BinaryPrimitives.ReadInt64LittleEndian(body[(8 * i)..]);
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(body[(8 * (header.Count + i))..]);
        }
        return (times, values);
    }
}
