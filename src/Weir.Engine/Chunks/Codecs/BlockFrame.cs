using System.Numerics;
using System.Runtime.CompilerServices;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>From which number on a block is packed and how wide; numbers outside are patched.</summary>
internal readonly record struct BlockFrame(long Base, int Width, int Patches, int Bits)
{
    /// <summary>What a patch costs beside its own bits: its position in a chunk of 1,024.</summary>
    private const int PositionBits = 10;

    /// <summary>Patches are slow to decode, so they have to save one bit of so many.</summary>
    private const int SavingOneIn = 32;

    /// <summary>A closer look is at a row of four bins of the one before.</summary>
    private const int CloserBits = FrameHistogram.BinBits - 2;

    public bool Holds(long number) => Width == 64 || (ulong)(number - Base) >>> Width == 0;

    /// <summary>The frame that takes about the fewest bits; patches included.</summary>
    public static BlockFrame Of(ReadOnlySpan<long> block, VectorWidth vectors)
    {
        var (min, max) = NumberRange.Of(block, vectors);
        var bits = BitsOf((ulong)(max - min));
        var width = BitPacking.WidthFor(bits);
        var whole = new BlockFrame(min, width, 0, BitPacking.BytesFor(block.Length, width) * 8);
        return bits > 1 ? Narrower(block, whole, bits, vectors) : whole;
    }

    /// <summary>
    /// Looks at every narrower width for where the most numbers are, at first in steps of a 64th of the range and then closer and closer, for as
    /// long as a narrower frame can still save something.
    /// </summary>
    [SkipLocalsInit]
    private static BlockFrame Narrower(ReadOnlySpan<long> block, BlockFrame whole, int bits, VectorWidth vectors)
    {
        Span<byte> space = stackalloc byte[FrameHistogram.SpaceBytes];
        var histogram = new FrameHistogram(space);
        var (best, bestBits) = (whole, whole.Bits - whole.Bits / SavingOneIn);
        for (var (start, range) = (whole.Base, bits); ;)
        {
            var shift = Math.Max(0, range - FrameHistogram.BinBits);
            histogram.Count(block, start, shift, vectors);
            var closer = start;
            for (var width = range; width >= shift; width--)
            {
                var (most, first) = histogram.Densest(1 << (width - shift), vectors);
                var patches = block.Length - most;
                // A narrower frame holds no more, so it has to patch at least these.
                if (patches * PatchBits(bits) >= bestBits) return best.RaisedIn(block, vectors);
                var low = start + ((long)first << shift);
                if (width == range - CloserBits) closer = low;
                if (!BitPacking.IsWidth(width)) continue;
                var cost = BitPacking.BytesFor(block.Length, width) * 8 + patches * PatchBits(bits);
                if (cost < bestBits) (best, bestBits) = (new BlockFrame(low, width, patches, cost), cost);
            }
            if (shift == 0) return best.RaisedIn(block, vectors);
            var (min, max) = NumberRange.Within(block, closer, range - CloserBits, vectors);
            (start, range) = (min, BitsOf((ulong)(max - min)));
        }
    }

    /// <summary>Begins at the smallest number that it holds: blocks of the same kind then have the same base.</summary>
    private BlockFrame RaisedIn(ReadOnlySpan<long> block, VectorWidth vectors) =>
        Patches == 0 ? this : this with { Base = NumberRange.Within(block, Base, Width, vectors).Min };

    private static int PatchBits(int bits) => PositionBits + bits + 1;

    private static int BitsOf(ulong number) => 64 - BitOperations.LeadingZeroCount(number);
}
