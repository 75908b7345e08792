using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>The packing loops for 512 bits: <see cref="UnpackGroups"/> backwards, a group of eight numbers at a time, one loop for many widths.</summary>
internal static class PackGroups
{
    private const int Group = BitPacking.Group;
    private const ulong InEveryByte = 0x0101010101010101;

    /// <summary>Packs whole groups of <c>number − low</c>; <paramref name="to"/> must be writable for <see cref="BitPacking.Reach"/> bytes from the start of every group.</summary>
    public static void Run(ReadOnlySpan<long> numbers, long low, int width, Span<byte> to)
    {
        if (width == 0 || numbers.Length == 0) return;
        ArgumentOutOfRangeException.ThrowIfLessThan(to.Length, (numbers.Length / Group - 1) * width + BitPacking.Reach);
        if (width <= 8) Bytes(numbers, low, width, to);
        else if (width < 64) Overlapping(numbers, low, width, to);
        else Whole(numbers, low, to);
    }

    /// <summary>Eight numbers of up to eight bits are eight bytes; one instruction pushes their low bits together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Bytes(ReadOnlySpan<long> numbers, long low, int width, Span<byte> to)
    {
        ref var source = ref MemoryMarshal.GetReference(numbers);
        ref var target = ref MemoryMarshal.GetReference(to);
        var (lows, mask) = (Vector512.Create(low), InEveryByte * (0xFFUL >>> (8 - width)));
        for (var i = 0; i < numbers.Length; i += Group)
        {
            var bytes = Avx512F.ConvertToVector128Byte(Vector512.LoadUnsafe(ref source, (nuint)i) - lows);
            Unsafe.WriteUnaligned(ref target, Bmi2.X64.ParallelBitExtract(bytes.AsUInt64()[0], mask));
            target = ref Unsafe.Add(ref target, width);
        }
    }

    /// <summary>
    /// Shifts each number to its bit within a byte and shuffles its bytes to their places: the even and the odd numbers of a group apart, since neighbours
    /// share a byte, and of numbers wider than a byte only neighbours do.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Overlapping(ReadOnlySpan<long> numbers, long low, int width, Span<byte> to)
    {
        ref var source = ref MemoryMarshal.GetReference(numbers);
        ref var target = ref MemoryMarshal.GetReference(to);
        var (lows, shifts) = (Vector512.Create(low), Vector512<ulong>.Indices * (ulong)width & Vector512.Create(7UL));
        var (evenPlaces, even) = Places(width, first: 0);
        var (oddPlaces, odd) = Places(width, first: 1);
        for (var i = 0; i < numbers.Length; i += Group)
        {
            var lanes = Avx512F.ShiftLeftLogicalVariable((Vector512.LoadUnsafe(ref source, (nuint)i) - lows).AsUInt64(), shifts).AsByte();
            var group = (Avx512Vbmi.PermuteVar64x8(lanes, evenPlaces) & even) | (Avx512Vbmi.PermuteVar64x8(lanes, oddPlaces) & odd);
            group.StoreUnsafe(ref target);
            target = ref Unsafe.Add(ref target, width);
        }
    }

    /// <summary>From which byte of the lanes each packed byte of every other number comes, and which bytes have one.</summary>
    [SkipLocalsInit]
    private static (Vector512<byte> Places, Vector512<byte> Mask) Places(int width, int first)
    {
        Span<byte> places = stackalloc byte[Vector512<byte>.Count];
        Span<byte> mask = stackalloc byte[Vector512<byte>.Count];
        places.Clear();
        mask.Clear();
        for (var number = first; number < Group; number += 2)
        {
            var (begin, end) = (number * width >>> 3, ((number + 1) * width + 7) >>> 3);
            for (var at = begin; at < end; at++) (places[at], mask[at]) = ((byte)(number * sizeof(long) + at - begin), 0xFF);
        }
        return (Vector512.Create<byte>(places), Vector512.Create<byte>(mask));
    }

    private static void Whole(ReadOnlySpan<long> numbers, long low, Span<byte> to)
    {
        var target = MemoryMarshal.Cast<byte, long>(to);
        for (var i = 0; i < numbers.Length; i++) target[i] = numbers[i] - low;
    }
}
