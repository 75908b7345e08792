using System.Numerics;
using System.Runtime.InteropServices;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>From which number on a block is packed and how wide; numbers outside are patched.</summary>
internal readonly record struct BlockFrame(long Base, int Width, int Patches, int Bits)
{
    /// <summary>What a patch costs beside its own bits: its position in a chunk of 1,024.</summary>
    private const int PositionBits = 10;

    /// <summary>A histogram this fine tells whether narrower frames down to a sixteenth of the range leave few enough outside.</summary>
    private const int Bins = 16;

    /// <summary>Patches are slow to decode, so they have to save one bit of so many.</summary>
    private const int SavingOneIn = 32;

    public bool Holds(long number) => Width == 64 || (ulong)(number - Base) >>> Width == 0;

    /// <summary>The frame that takes the fewest bits; patches included.</summary>
    public static BlockFrame Of(ReadOnlySpan<long> block)
    {
        var (min, max) = RangeOf(block);
        var bits = BitsOf((ulong)(max - min));
        var all = Whole(min, bits, block.Length);
        return bits > 1 && MayHaveOutliers(block, min, bits) ? Narrower(block, all, bits) : all;
    }

    private static (long Min, long Max) RangeOf(ReadOnlySpan<long> block)
    {
        var (mins, maxes) = (Vector.Create(block[0]), Vector.Create(block[0]));
        var lanes = MemoryMarshal.Cast<long, Vector<long>>(block);
        foreach (var numbers in lanes) (mins, maxes) = (Vector.Min(mins, numbers), Vector.Max(maxes, numbers));
        var (min, max) = (block[0], block[0]);
        for (var i = 0; i < Vector<long>.Count; i++) (min, max) = (Math.Min(min, mins[i]), Math.Max(max, maxes[i]));
        foreach (var number in block[(lanes.Length * Vector<long>.Count)..]) (min, max) = (Math.Min(min, number), Math.Max(max, number));
        return (min, max);
    }

    private static BlockFrame Whole(long min, int bits, int count)
    {
        var width = BitPacking.WidthFor(bits);
        return new BlockFrame(min, width, 0, BitPacking.BytesFor(count, width) * 8);
    }

    /// <summary>A cheap no for the many blocks that have none: no row of 1, 2, 4 or 8 bins holds enough of the numbers.</summary>
    private static bool MayHaveOutliers(ReadOnlySpan<long> block, long min, int bits)
    {
        Span<int> bins = stackalloc int[Bins];
        bins.Clear();
        var shift = Math.Max(0, bits - 4);
        foreach (var number in block) bins[(int)((ulong)(number - min) >>> shift)]++;
        for (var (span, saved) = (Bins / 2, 1); span > 0; span /= 2, saved++)
        {
            // A frame of this width lies in at most span + 1 bins.
            var (inside, most) = (0, 0);
            for (var i = 0; i < Bins; i++)
            {
                inside += bins[i] - (i > span ? bins[i - span - 1] : 0);
                most = Math.Max(most, inside);
            }
            var outside = block.Length - most;
            // Where most numbers are as good as one, a frame narrower than the narrowest looked at here may save up to all bits.
            var savedMax = span == 1 && outside < block.Length / 2 ? bits : saved;
            if (outside * PatchBits(bits) + block.Length * bits / SavingOneIn < block.Length * savedMax) return true;
        }
        return false;
    }

    private static BlockFrame Narrower(ReadOnlySpan<long> block, BlockFrame whole, int bits)
    {
        var (best, bestBits) = (whole, whole.Bits - whole.Bits / SavingOneIn);
        Span<long> sorted = stackalloc long[IntegerColumn.Block];
        sorted = sorted[..block.Length];
        block.CopyTo(sorted);
        sorted.Sort();
        for (var width = bits - 1; width >= 0; width--)
        {
            if (!BitPacking.IsWidth(width)) continue;
            var (start, most) = (0, 0);
            for (var (low, high) = (0, 0); high < sorted.Length; high++)
            {
                while ((ulong)(sorted[high] - sorted[low]) >>> width != 0) low++;
                if (high - low + 1 > most) (start, most) = (low, high - low + 1);
            }
            var patches = block.Length - most;
            // A narrower frame holds no more, so it has to patch at least these.
            if (patches * PatchBits(bits) >= bestBits) break;
            var cost = BitPacking.BytesFor(block.Length, width) * 8 + patches * PatchBits(bits);
            if (cost < bestBits) (best, bestBits) = (new BlockFrame(sorted[start], width, patches, cost), cost);
        }
        return best;
    }

    private static int PatchBits(int bits) => PositionBits + bits + 1;

    private static int BitsOf(ulong number) => 64 - BitOperations.LeadingZeroCount(number);
}
