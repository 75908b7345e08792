using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>How many numbers of a block lie in each of 64 bins of equal width, and where the most lie in a row of bins. Lives on the stack.</summary>
internal ref struct FrameHistogram
{
    public const int BinBits = 6;

    public const int SpaceBytes = 2 * Bins + IntegerColumn.Block + Turns * 2 * Bins;

    private const int Bins = 1 << BinBits;

    /// <summary>Bins that count in turn, since adding to a bin waits for what was just added to it.</summary>
    private const int Turns = 4;

    /// <summary>Numbers in the bins before each bin, then the same total for as many again: a load at any bin may run past the last.</summary>
    private readonly Span<byte> _before;
    private readonly Span<byte> _bins;
    private readonly Span<byte> _counts;

    /// <param name="space">Of <see cref="SpaceBytes"/>, whatever is in it.</param>
    public FrameHistogram(Span<byte> space)
    {
        _before = space[..(2 * Bins)];
        _bins = space.Slice(_before.Length, IntegerColumn.Block);
        _counts = space.Slice(_before.Length + _bins.Length, Turns * 2 * Bins);
    }

    /// <summary>Counts the numbers of a block; those outside of the bins are left out.</summary>
    /// <param name="block">At most 128 numbers, so that counts are bytes.</param>
    /// <param name="start">Where the first bin begins.</param>
    /// <param name="shift">Logarithm of a bin's width.</param>
    /// <param name="vectors">Vectors to use.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Count(ReadOnlySpan<long> block, long start, int shift, VectorWidth vectors)
    {
        var bins = _bins[..block.Length];
        var counts = _counts;
        counts.Clear();
        BinOfEach(block, start, shift, bins, vectors);
        ref var count = ref MemoryMarshal.GetReference(counts);
        ref var bin = ref MemoryMarshal.GetReference(bins);
        var i = 0;
        for (; i <= block.Length - Turns; i += Turns)
        {
            Unsafe.Add(ref count, Unsafe.Add(ref bin, i))++;
            Unsafe.Add(ref count, 2 * Bins + Unsafe.Add(ref bin, i + 1))++;
            Unsafe.Add(ref count, 4 * Bins + Unsafe.Add(ref bin, i + 2))++;
            Unsafe.Add(ref count, 6 * Bins + Unsafe.Add(ref bin, i + 3))++;
        }
        for (; i < block.Length; i++) counts[bins[i]]++;
        SumUp(counts, _before, vectors);
    }

    /// <summary>The most numbers in a row of so many bins, and the first bin of the first such row.</summary>
    public readonly (int Most, int First) Densest(int row, VectorWidth vectors)
    {
        if (vectors != VectorWidth.Scalar)
        {
            ref var before = ref MemoryMarshal.GetReference(_before);
            var inside = Vector512.LoadUnsafe(ref before, (nuint)row) - Vector512.LoadUnsafe(ref before);
            var most = MaxOf(inside);
            return (most, BitOperations.TrailingZeroCount(Vector512.Equals(inside, Vector512.Create(most)).ExtractMostSignificantBits()));
        }
        var (densest, first) = (0, 0);
        for (var i = 0; i < Bins; i++)
        {
            if (_before[i + row] - _before[i] > densest) (densest, first) = (_before[i + row] - _before[i], i);
        }
        return (densest, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BinOfEach(ReadOnlySpan<long> block, long start, int shift, Span<byte> bins, VectorWidth vectors)
    {
        var i = 0;
        if (vectors == VectorWidth.Bits512)
        {
            ref var from = ref MemoryMarshal.GetReference(block);
            ref var to = ref MemoryMarshal.GetReference(bins);
            var (starts, outside) = (Vector512.Create(start), Vector512.Create((ulong)Bins));
            for (; i <= block.Length - Vector512<long>.Count; i += Vector512<long>.Count)
            {
                var places = Vector512.Min((Vector512.LoadUnsafe(ref from, (nuint)i) - starts).AsUInt64() >>> shift, outside);
                Avx512F.ConvertToVector128Byte(places).GetLower().StoreUnsafe(ref to, (nuint)i);
            }
        }
        for (; i < block.Length; i++) bins[i] = (byte)Math.Min((ulong)(block[i] - start) >>> shift, Bins);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumUp(ReadOnlySpan<byte> counts, Span<byte> before, VectorWidth vectors)
    {
        if (vectors == VectorWidth.Scalar)
        {
            byte sum = 0;
            for (var i = 0; i < Bins; i++)
            {
                before[i] = sum;
                for (var turn = 0; turn < Turns; turn++) sum += counts[turn * 2 * Bins + i];
            }
            before[Bins..].Fill(sum);
            return;
        }
        ref var from = ref MemoryMarshal.GetReference(counts);
        ref var to = ref MemoryMarshal.GetReference(before);
        var carry = Vector128<byte>.Zero;
        for (var i = 0; i < Bins; i += Vector128<byte>.Count)
        {
            var own = Vector128.LoadUnsafe(ref from, (nuint)i) + Vector128.LoadUnsafe(ref from, (nuint)i + 2 * Bins)
                + Vector128.LoadUnsafe(ref from, (nuint)i + 4 * Bins) + Vector128.LoadUnsafe(ref from, (nuint)i + 6 * Bins);
            // Steps of 1, 2, 4 and 8 to the right; an index past the lanes reads zero.
            var sums = own;
            sums += Vector128.Shuffle(sums, Vector128<byte>.Indices - Vector128.Create((byte)1));
            sums += Vector128.Shuffle(sums, Vector128<byte>.Indices - Vector128.Create((byte)2));
            sums += Vector128.Shuffle(sums, Vector128<byte>.Indices - Vector128.Create((byte)4));
            sums += Vector128.Shuffle(sums, Vector128<byte>.Indices - Vector128.Create((byte)8));
            (sums - own + carry).StoreUnsafe(ref to, (nuint)i);
            carry += Vector128.Shuffle(sums, Vector128.Create((byte)15));
        }
        for (var i = Bins; i < 2 * Bins; i += Vector128<byte>.Count) carry.StoreUnsafe(ref to, (nuint)i);
    }

    private static byte MaxOf(Vector512<byte> lanes)
    {
        var half = Vector256.Max(lanes.GetLower(), lanes.GetUpper());
        var most = Vector128.Max(half.GetLower(), half.GetUpper());
        most = Vector128.Max(most, Vector128.Shuffle(most, Vector128<byte>.Indices + Vector128.Create((byte)8)));
        most = Vector128.Max(most, Vector128.Shuffle(most, Vector128<byte>.Indices + Vector128.Create((byte)4)));
        most = Vector128.Max(most, Vector128.Shuffle(most, Vector128<byte>.Indices + Vector128.Create((byte)2)));
        most = Vector128.Max(most, Vector128.Shuffle(most, Vector128<byte>.Indices + Vector128.Create((byte)1)));
        return most[0];
    }
}
