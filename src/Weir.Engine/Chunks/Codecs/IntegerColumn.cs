namespace Weir.Engine.Chunks.Codecs;

/// <summary>
/// A column of 64-bit integers: a straight line, or what is left over it, its differences or the differences of those, in blocks of 128 that are
/// packed to a width and a smallest number of their own (frame of reference), with the few that would not fit patched in afterwards
/// (Zukowski et al., "Super-scalar RAM-CPU cache compression", 2006). Drawn in docs/storage.md.
/// </summary>
internal static class IntegerColumn
{
    public const int Block = BitPacking.Block;

    public static int BlocksOf(int count) => (count + Block - 1) / Block;

    /// <summary>
    /// The most bytes of a column of so many numbers, whatever they are: 8 for each, or less where the cost of patches pays for them, and fewer than 256 for bases, widths and
    /// what stands before them.
    /// </summary>
    public static int LengthMax(int count) => BitPacking.BytesFor(count, 64) + 256;

    /// <summary>Bits of a position in a column of so many.</summary>
    public static int PositionWidth(int count) => BitPacking.WidthOf((ulong)(count - 1));
}

/// <summary>What the packed numbers of an integer column stand for.</summary>
internal enum IntegerShape : byte
{
    /// <summary>Nothing is packed: all numbers lie on a line.</summary>
    Line = 0,

    /// <summary>Distances from a line.</summary>
    Distances = 1,

    /// <summary>Differences of neighbours.</summary>
    Deltas = 2,

    /// <summary>Differences of neighbouring differences.</summary>
    DeltasOfDeltas = 3,
}
