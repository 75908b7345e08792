using System.Runtime.CompilerServices;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>Reads integer columns. All that a length or a place is made of is checked; the numbers themselves wrap around.</summary>
internal static class IntegerColumnReader
{
    private const int Block = IntegerColumn.Block;

    /// <exception cref="CorruptChunkException">The bytes are no integer column of this length.</exception>
    public static void Read(ref ByteReader from, Span<long> into, VectorWidth vectors)
    {
        var shape = (IntegerShape)from.ReadByte("a shape");
        if (shape > IntegerShape.DeltasOfDeltas) from.Fail($"shape {(byte)shape} of a column is not known", 1);
        var anchor = from.ReadSigned("an anchor");
        if (shape == IntegerShape.Line)
        {
            Line.Fill(into, anchor, from.ReadSigned("a step"), vectors);
            return;
        }
        var unit = (long)from.ReadNumber("a unit");
        var first = from.ReadSigned("a slope or first sum");
        var second = shape == IntegerShape.DeltasOfDeltas ? from.ReadSigned("a second sum") : 0;

        // Where there is no unit to multiply by, the anchor goes into the blocks or into the sum, which costs no pass of its own.
        var isMapped = unit != 1;
        var early = isMapped ? 0 : anchor;
        ReadBlocks(ref from, shape, early, shape == IntegerShape.DeltasOfDeltas ? second : first + early, into, vectors);
        if (shape == IntegerShape.Distances && first != 0) Line.Add(into, first, vectors);
        if (shape == IntegerShape.DeltasOfDeltas) PrefixSum.Run(into, first + early, vectors);
        if (isMapped) Line.Map(into, anchor, unit, vectors);
    }

    /// <summary>The numbers of all blocks, or their running sums where they are differences.</summary>
    private static void ReadBlocks(ref ByteReader from, IntegerShape shape, long add, long before, Span<long> into, VectorWidth vectors)
    {
        Span<long> bases = stackalloc long[Chunk.PointsMax / Block];
        bases = bases[..IntegerColumn.BlocksOf(into.Length)];
        var isSummed = shape != IntegerShape.Distances;
        var lowest = from.ReadSigned("a lowest base");
        ReadPacked(ref from, from.ReadWidth("the width of bases"), isSummed ? lowest : lowest + add, bases, vectors, "bases");
        var widths = from.Take(bases.Length, "block widths");
        var length = 0;
        for (var i = 0; i < widths.Length; i++)
        {
            if (!BitPacking.IsWidth(widths[i])) from.Fail($"a block is {widths[i]} bits wide; allowed are 0 to 57 and 64", widths.Length - i);
            length += BitPacking.BytesFor(Math.Min(Block, into.Length - i * Block), widths[i]);
        }
        var packed = from.Rest;
        from.Take(length, "blocks");
        var patches = from.ReadNumber("a number of patches");
        if (patches > (ulong)into.Length) from.Fail($"{patches} patches are more than the {into.Length} numbers");
        if (isSummed && patches == 0)
        {
            DeltaSums.Run(packed, widths, bases, into, before, vectors);
            return;
        }
        BitPacking.Unpack(packed, widths, bases, into, vectors);
        if (patches > 0) Patch(ref from, (int)patches, into, vectors);
        if (isSummed) PrefixSum.Run(into, before, vectors);
    }

    [SkipLocalsInit]
    private static void Patch(ref ByteReader from, int count, Span<long> into, VectorWidth vectors)
    {
        var (positionWidth, width) = (IntegerColumn.PositionWidth(into.Length), from.ReadWidth("the width of patches"));
        var positions = from;
        from.Take(BitPacking.BytesFor(count, positionWidth), "positions of patches");
        Span<long> places = stackalloc long[Block];
        Span<long> offsets = stackalloc long[Block];
        for (var done = 0; done < count; done += Block)
        {
            var part = Math.Min(Block, count - done);
            ReadPacked(ref positions, positionWidth, 0, places[..part], vectors, "positions of patches");
            ReadPacked(ref from, width, 0, offsets[..part], vectors, "patches");
            for (var i = 0; i < part; i++)
            {
                if (places[i] >= into.Length) from.Fail($"a patch is for position {places[i]} of {into.Length}");
                into[(int)places[i]] += ZigZag.Decode((ulong)offsets[i]);
            }
        }
    }

    private static void ReadPacked(ref ByteReader from, int width, long add, scoped Span<long> into, VectorWidth vectors, string what)
    {
        var packed = from.Rest;
        from.Take(BitPacking.BytesFor(into.Length, width), what);
        BitPacking.Unpack(packed, [(byte)width], [add], into, vectors);
    }
}
