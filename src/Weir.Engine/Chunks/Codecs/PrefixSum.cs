using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>Running sums in place, wrapping around: differences become what they are differences of.</summary>
internal static class PrefixSum
{
    /// <summary>Each number becomes <paramref name="before"/> plus all numbers up to and with it.</summary>
    public static void Run(Span<long> numbers, long before, VectorWidth vectors)
    {
        var done = vectors switch
        {
            VectorWidth.Bits512 => EightLanes(numbers, ref before),
            VectorWidth.Bits256 => FourLanes(numbers, ref before),
            VectorWidth.Bits128 => TwoLanes(numbers, ref before),
            _ => 0,
        };
        for (; done < numbers.Length; done++) numbers[done] = before += numbers[done];
    }

    // Lanes are summed by steps of 1, 2 and 4 to the right (Hillis, Steele 1986). Only one addition hangs on the vector before, so these steps overlap.

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int EightLanes(Span<long> numbers, ref long before)
    {
        ref var at = ref MemoryMarshal.GetReference(numbers);
        var (carry, i) = (Vector512.Create(before), 0);
        for (; i <= numbers.Length - 8; i += 8)
        {
            var sums = Vector512.LoadUnsafe(ref at, (nuint)i);
            sums += Avx512F.AlignRight64(sums, Vector512<long>.Zero, 7);
            sums += Avx512F.AlignRight64(sums, Vector512<long>.Zero, 6);
            sums += Avx512F.AlignRight64(sums, Vector512<long>.Zero, 4);
            (sums + carry).StoreUnsafe(ref at, (nuint)i);
            carry += Vector512.Shuffle(sums, Vector512.Create(7L));
        }
        before = carry[0];
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FourLanes(Span<long> numbers, ref long before)
    {
        ref var at = ref MemoryMarshal.GetReference(numbers);
        var (carry, i) = (Vector256.Create(before), 0);
        for (; i <= numbers.Length - 4; i += 4)
        {
            var sums = Vector256.LoadUnsafe(ref at, (nuint)i);
            // An index past the lanes reads zero.
            sums += Vector256.Shuffle(sums, Vector256.Create(4L, 0, 1, 2));
            sums += Vector256.Shuffle(sums, Vector256.Create(4L, 4, 0, 1));
            (sums + carry).StoreUnsafe(ref at, (nuint)i);
            carry += Vector256.Shuffle(sums, Vector256.Create(3L));
        }
        before = carry[0];
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int TwoLanes(Span<long> numbers, ref long before)
    {
        ref var at = ref MemoryMarshal.GetReference(numbers);
        var (carry, i) = (Vector128.Create(before), 0);
        for (; i <= numbers.Length - 2; i += 2)
        {
            var sums = Vector128.LoadUnsafe(ref at, (nuint)i);
            sums += Vector128.Shuffle(sums, Vector128.Create(2L, 0));
            (sums + carry).StoreUnsafe(ref at, (nuint)i);
            carry += Vector128.Shuffle(sums, Vector128.Create(1L));
        }
        before = carry[0];
        return i;
    }
}
