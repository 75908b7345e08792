using System.Buffers.Binary;
using Weir.Engine.Downsampling;

namespace Weir.Engine.Wire;

/// <summary>Writes and reads blocks of pixel columns.</summary>
public static class ColumnBlock
{
    /// <summary>The most columns that fit a block: 36 bytes each and, as their number is odd, 4 of padding.</summary>
    public const int CountMax = (BlockHeader.BlockBytesMax - BlockHeader.Size - 4) / 36;

    /// <summary>
    /// Writes one block of <paramref name="columns"/> and returns its length; <paramref name="to"/> needs
    /// <see cref="BlockHeader.ColumnsLength"/> bytes. The columns must lie within 2^32 of the first.
    /// </summary>
    public static int Write(Span<byte> to, ReadOnlySpan<Column> columns, uint view, uint slot, ulong sequence, long step, BlockFlags flags = BlockFlags.None)
    {
        var count = columns.Length;
        ArgumentOutOfRangeException.ThrowIfZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, CountMax);
        var length = BlockHeader.ColumnsLength(count);
        var first = columns[0].Number;
        new BlockHeader(BlockKind.Columns, flags, length, view, slot, count, sequence, first, step).Write(to);
        var values = BlockHeader.Size + (4 * count + 7) / 8 * 8;
        to[(BlockHeader.Size + 4 * count)..values].Clear();
        for (var i = 0; i < count; i++)
        {
            ref readonly var column = ref columns[i];
            BinaryPrimitives.WriteUInt32LittleEndian(to[(BlockHeader.Size + 4 * i)..], checked((uint)(column.Number - first)));
            var at = values + 8 * i;
            BinaryPrimitives.WriteDoubleLittleEndian(to[at..], column.First);
            BinaryPrimitives.WriteDoubleLittleEndian(to[(at + 8 * count)..], column.Min);
            BinaryPrimitives.WriteDoubleLittleEndian(to[(at + 16 * count)..], column.Max);
            BinaryPrimitives.WriteDoubleLittleEndian(to[(at + 24 * count)..], column.Last);
        }
        return length;
    }

    /// <summary>Reads the columns of a block whose header was read at <paramref name="at"/>. Times are not carried and stay 0.</summary>
    /// <exception cref="InvalidDataException">The column numbers do not rise.</exception>
    public static Column[] Read(ReadOnlySpan<byte> message, int at, in BlockHeader header)
    {
        var block = message.Slice(at, header.Length);
        var count = header.Count;
        var values = BlockHeader.Size + (4 * count + 7) / 8 * 8;
        var columns = new Column[count];
        for (var i = 0; i < count; i++)
        {
            var value = values + 8 * i;
            columns[i] = new Column
            {
                Number = header.Base + BinaryPrimitives.ReadUInt32LittleEndian(block[(BlockHeader.Size + 4 * i)..]),
                First = BinaryPrimitives.ReadDoubleLittleEndian(block[value..]),
                Min = BinaryPrimitives.ReadDoubleLittleEndian(block[(value + 8 * count)..]),
                Max = BinaryPrimitives.ReadDoubleLittleEndian(block[(value + 16 * count)..]),
                Last = BinaryPrimitives.ReadDoubleLittleEndian(block[(value + 24 * count)..]),
            };
            if (i > 0 && columns[i].Number <= columns[i - 1].Number)
            {
                throw new InvalidDataException($"Malformed wire block at byte {at + BlockHeader.Size + 4 * i}: column offsets must rise.");
            }
        }
        return columns;
    }
}
