using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>Unpacks blocks of differences and sums them up: <see cref="BitPacking.Unpack"/> and <see cref="PrefixSum"/> in one, where there is a faster way.</summary>
internal static class DeltaSums
{
    private const int Block = BitPacking.Block;

    /// <summary>A group of eight numbers of up to so many bits lies in one lane.</summary>
    private const int WidthInOneLane = 8;

    /// <summary>Each number becomes <paramref name="before"/> plus all differences up to and with its own.</summary>
    public static void Run(ReadOnlySpan<byte> from, ReadOnlySpan<byte> widths, ReadOnlySpan<long> add, Span<long> into, long before, VectorWidth vectors)
    {
        var block = 0;
        for (; vectors == VectorWidth.Bits512 && (block + 1) * Block <= into.Length; block++)
        {
            var (width, length) = ((int)widths[block], BitPacking.BytesFor(Block, widths[block]));
            if (length + BitPacking.Reach > from.Length) break;
            var sums = into.Slice(block * Block, Block);
            if (width <= WidthInOneLane)
            {
                EightLanes(from[..(length + sizeof(ulong))], width, add[block], sums, before);
            }
            else
            {
                UnpackGroups.Run(from, widths.Slice(block, 1), add.Slice(block, 1), sums, vectors);
                PrefixSum.Run(sums, before, vectors);
            }
            before = sums[^1];
            from = from[length..];
        }
        var rest = into[(block * Block)..];
        BitPacking.Unpack(from, widths[block..], add[block..], rest, vectors);
        PrefixSum.Run(rest, before, vectors);
    }

    /// <summary>
    /// Each lane gets all eight differences of a group as bytes, keeps those up to its own and adds them across, with the instruction made for
    /// sums of absolute differences: no steps between lanes, which are what a prefix sum costs.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightLanes(ReadOnlySpan<byte> from, int width, long add, Span<long> sums, long before)
    {
        var mask = (0xFFUL >>> (8 - width)) * 0x0101010101010101;
        var upToOwn = Vector512.Create(0xFFUL, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF, ulong.MaxValue);
        var kept = (Vector512.Create(mask) & upToOwn).AsByte();
        var starts = Vector512.Create(0x0706050403020100UL * (ulong)width).AsByte();
        var adds = (Vector512<long>.Indices + Vector512<long>.One) * add;
        var carry = Vector512.Create(before);
        ref var target = ref MemoryMarshal.GetReference(sums);
        for (var (i, at) = (0, 0); i < sums.Length; i += Vector512<long>.Count, at += width)
        {
            var group = Vector512.Create(MemoryMarshal.Read<ulong>(from[at..]));
            var differences = Avx512Vbmi.MultiShift(starts, group) & kept;
            var lanes = Avx512BW.SumAbsoluteDifferences(differences, Vector512<byte>.Zero).AsInt64() + adds;
            (lanes + carry).StoreUnsafe(ref target, (nuint)i);
            carry += Vector512.Shuffle(lanes, Vector512.Create(7L));
        }
    }
}
