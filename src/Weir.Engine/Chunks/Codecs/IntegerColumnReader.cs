using System.Runtime.CompilerServices;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>Reads integer columns. All that a length or a place is made of is checked; the numbers themselves wrap around.</summary>
internal static class IntegerColumnReader
{
    private const int Block = IntegerColumn.Block;

    /// <exception cref="CorruptChunkException">The bytes are no integer column of this length.</exception>
    public static void Read(ref ByteReader from, Span<long> into, VectorWidth vectors) => Read(ref from, into, 0, into.Length, vectors);

    /// <summary>Reads the numbers at positions from <paramref name="first"/> to before <paramref name="end"/>; others may be written too, rightly or not.</summary>
    /// <param name="from">Stands at the column, afterwards behind it.</param>
    /// <param name="into">As long as the column.</param>
    /// <param name="first">Position of the first that is wanted.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="vectors">Vectors to use.</param>
    /// <exception cref="CorruptChunkException">The bytes are no integer column of this length.</exception>
    public static void Read(ref ByteReader from, Span<long> into, int first, int end, VectorWidth vectors)
    {
        var shape = (IntegerShape)from.ReadByte("a shape");
        if (shape > IntegerShape.DeltasOfDeltas) from.Fail($"shape {(byte)shape} of a column is not known", 1);
        var anchor = from.ReadSigned("an anchor");
        if (shape == IntegerShape.Line)
        {
            var step = from.ReadSigned("a step");
            Line.Fill(into[first..end], anchor + first * step, step, vectors);
            return;
        }
        var unit = (long)from.ReadNumber("a unit");
        var slope = from.ReadSigned("a slope or first sum");
        var second = shape == IntegerShape.DeltasOfDeltas ? from.ReadSigned("a second sum") : 0;

        // Sums need all that comes before; distances only the blocks in which they are.
        first = shape == IntegerShape.Distances ? first / Block * Block : 0;
        end = Math.Min(into.Length, IntegerColumn.BlocksOf(end) * Block);
        // Where there is no unit to multiply by, the anchor goes into the blocks or into the sum, which costs no pass of its own.
        var isMapped = unit != 1;
        var early = isMapped ? 0 : anchor;
        ReadBlocks(ref from, shape, early, shape == IntegerShape.DeltasOfDeltas ? second : slope + early, into, first, end, vectors);
        var wanted = into[first..end];
        if (shape == IntegerShape.Distances && slope != 0) Line.Add(wanted, first * slope, slope, vectors);
        if (shape == IntegerShape.DeltasOfDeltas) PrefixSum.Run(wanted, slope + early, vectors);
        if (isMapped) Line.Map(wanted, anchor, unit, vectors);
    }

    /// <summary>The numbers of some blocks, or their running sums where they are differences.</summary>
    private static void ReadBlocks(ref ByteReader from, IntegerShape shape, long add, long before, Span<long> into, int first, int end, VectorWidth vectors)
    {
        Span<long> bases = stackalloc long[Chunk.PointsMax / Block];
        bases = bases[..IntegerColumn.BlocksOf(into.Length)];
        var isSummed = shape != IntegerShape.Distances;
        var lowest = from.ReadSigned("a lowest base");
        ReadPacked(ref from, from.ReadWidth("the width of bases"), isSummed ? lowest : lowest + add, bases, vectors, "bases");
        var widths = from.Take(bases.Length, "block widths");
        var (skipped, length) = (0, 0);
        for (var i = 0; i < widths.Length; i++)
        {
            if (!BitPacking.IsWidth(widths[i])) from.Fail($"a block is {widths[i]} bits wide; allowed are 0 to 57 and 64", widths.Length - i);
            if (i * Block == first) skipped = length;
            length += BitPacking.BytesFor(Math.Min(Block, into.Length - i * Block), widths[i]);
        }
        var packed = from.Rest[skipped..];
        from.Take(length, "blocks");
        var patches = from.ReadNumber("a number of patches");
        if (patches > (ulong)into.Length) from.Fail($"{patches} patches are more than the {into.Length} numbers");
        var blocks = (first / Block)..IntegerColumn.BlocksOf(end);
        widths = widths[blocks];
        bases = bases[blocks];
        var wanted = into[first..end];
        if (isSummed && patches == 0)
        {
            DeltaSums.Run(packed, widths, bases, wanted, before, vectors);
            return;
        }
        BitPacking.Unpack(packed, widths, bases, wanted, vectors);
        // Those outside of what is wanted change numbers that nobody asked for.
        if (patches > 0) Patch(ref from, (int)patches, into, vectors);
        if (isSummed) PrefixSum.Run(wanted, before, vectors);
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
