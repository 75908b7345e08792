using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>
/// The unpacking loops. All do the same for any width: bring the eight bytes in which a number lies into its lane, shift it down, mask
/// what belongs to its neighbours. A byte shuffle feeds eight, four or two lanes at once, so one loop serves all widths and there is no code per
/// width (compare Lemire, Boytsov, "Decoding billions of integers per second through vectorization", 2015, with a loop for each).
/// The loops here and in the files beside it are optimized at their first call: a browser's first history should not wait for the runtime to find them hot.
/// </summary>
internal static class UnpackGroups
{
    private const int Group = BitPacking.Group;
    private const int Block = BitPacking.Block;
    private const ulong EightBytesOn = 0x0706050403020100;
    private const ulong InEveryByte = 0x0101010101010101;

    /// <summary>
    /// Blocks of whole groups; the last block may have fewer. <paramref name="from"/> must be readable for <see cref="BitPacking.Reach"/> bytes from the
    /// start of every group.
    /// </summary>
    public static void Run(ReadOnlySpan<byte> from, ReadOnlySpan<byte> widths, ReadOnlySpan<long> add, Span<long> into, VectorWidth vectors)
    {
        if (into.Length == 0) return;
        CheckReach(from, widths, add, into);
        switch (vectors)
        {
            case VectorWidth.Bits512: EightLanes(from, widths, add, into); break;
            case VectorWidth.Bits256: FourLanes(from, widths, add, into); break;
            case VectorWidth.Bits128: TwoLanes(from, widths, add, into); break;
            default: OneByOne(from, widths, add, into); break;
        }
    }

    /// <summary>The one check of bounds for all loops below.</summary>
    private static void CheckReach(ReadOnlySpan<byte> from, ReadOnlySpan<byte> widths, ReadOnlySpan<long> add, Span<long> into)
    {
        var (reach, last) = (0, into.Length - (widths.Length - 1) * Block);
        for (var i = 0; i < widths.Length - 1; i++) reach += BitPacking.BytesFor(Block, widths[i]);
        reach += (last / Group - 1) * widths[^1] + BitPacking.Reach;
        if (reach <= from.Length && last is > 0 and <= Block && last % Group == 0 && add.Length == widths.Length) return;
        throw new ArgumentException($"{into.Length} numbers in {widths.Length} blocks reach to byte {reach} of {from.Length}.", nameof(from));
    }

    private static ulong MaskOf(int width) => width == 0 ? 0 : ulong.MaxValue >>> (64 - width);

    private static void OneByOne(ReadOnlySpan<byte> from, ReadOnlySpan<byte> widths, ReadOnlySpan<long> add, Span<long> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            var (block, bit) = (i / Block, i % Block * widths[i / Block]);
            var eight = BinaryPrimitives.ReadUInt64LittleEndian(from[(bit >>> 3)..]);
            into[i] = (long)((eight >>> (bit & 7)) & MaskOf(widths[block])) + add[block];
            if ((i + 1) % Block == 0) from = from[BitPacking.BytesFor(Block, widths[block])..];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightLanes(ReadOnlySpan<byte> from, ReadOnlySpan<byte> widths, ReadOnlySpan<long> add, Span<long> into)
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(into);
        for (var block = 0; block < widths.Length; block++)
        {
            var width = (int)widths[block];
            var bits = Vector512<ulong>.Indices * (ulong)width;
            var places = ((bits >>> 3) * InEveryByte + Vector512.Create(EightBytesOn)).AsByte();
            var shifts = bits & Vector512.Create(7UL);
            var (masks, adds) = (Vector512.Create(MaskOf(width)), Vector512.Create(add[block]));
            var end = Math.Min(Block, into.Length - block * Block);
            for (var i = 0; i < end; i += Group)
            {
                var lanes = Avx512Vbmi.PermuteVar64x8(Vector512.LoadUnsafe(ref source), places).AsUInt64();
                ((Avx512F.ShiftRightLogicalVariable(lanes, shifts) & masks).AsInt64() + adds).StoreUnsafe(ref target);
                source = ref Unsafe.Add(ref source, width);
                target = ref Unsafe.Add(ref target, Group);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourLanes(ReadOnlySpan<byte> from, ReadOnlySpan<byte> widths, ReadOnlySpan<long> add, Span<long> into)
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(into);
        for (var block = 0; block < widths.Length; block++)
        {
            var width = (int)widths[block];
            var (masks, adds) = (Vector256.Create(MaskOf(width)), Vector256.Create(add[block]));
            var (low, high) = (new Quad(0, width), new Quad(4, width));
            var end = Math.Min(Block, into.Length - block * Block);
            for (var i = 0; i < end; i += Group)
            {
                ((low.Read(ref source) & masks).AsInt64() + adds).StoreUnsafe(ref target);
                ((high.Read(ref source) & masks).AsInt64() + adds).StoreUnsafe(ref target, Group / 2);
                source = ref Unsafe.Add(ref source, width);
                target = ref Unsafe.Add(ref target, Group);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TwoLanes(ReadOnlySpan<byte> from, ReadOnlySpan<byte> widths, ReadOnlySpan<long> add, Span<long> into)
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        for (var block = 0; block < widths.Length; block++)
        {
            var width = (int)widths[block];
            var (masks, adds) = (Vector128.Create(MaskOf(width)), Vector128.Create(add[block]));
            var numbers = into.Slice(block * Block, Math.Min(Block, into.Length - block * Block));
            ref var target = ref MemoryMarshal.GetReference(numbers);
            for (var first = 0; first < Group; first += 2)
            {
                var (bit, next) = (first * width, (first + 1) * width);
                var step = (ulong)((next >>> 3) - (bit >>> 3));
                var places = Vector128.Create(EightBytesOn, step * InEveryByte + EightBytesOn).AsByte();
                ref var pair = ref Unsafe.Add(ref source, bit >>> 3);
                for (var i = first; i < numbers.Length; i += Group)
                {
                    var lanes = Vector128.Shuffle(Vector128.LoadUnsafe(ref pair), places).AsUInt64();
                    // Lanes of 128 bit vectors shift by one amount only, so shift twice and take a lane of each.
                    var shifted = Vector128.ConditionalSelect(Vector128.Create(ulong.MaxValue, 0), lanes >>> (bit & 7), lanes >>> (next & 7));
                    ((shifted & masks).AsInt64() + adds).StoreUnsafe(ref target, (nuint)i);
                    pair = ref Unsafe.Add(ref pair, width);
                }
            }
            source = ref Unsafe.Add(ref source, BitPacking.BytesFor(Block, width));
        }
    }

    /// <summary>Four neighbouring numbers of a group: two in the sixteen bytes from where the first begins, two in those from where the third does.</summary>
    private readonly struct Quad
    {
        private readonly Vector256<byte> _places;
        private readonly Vector256<ulong> _shifts;
        private readonly int _first;
        private readonly int _third;

        public Quad(int first, int width)
        {
            var bits = (Vector256<ulong>.Indices + Vector256.Create((ulong)first)) * (ulong)width;
            var bytes = bits >>> 3;
            (_first, _third) = ((int)bytes[0], (int)bytes[2]);
            var inHalf = bytes - Vector256.Create(bytes[0], bytes[0], bytes[2], bytes[2]);
            _places = (inHalf * InEveryByte + Vector256.Create(EightBytesOn)).AsByte();
            _shifts = bits & Vector256.Create(7UL);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<ulong> Read(ref byte source)
        {
            var bytes = Vector256.Create(Vector128.LoadUnsafe(ref source, (nuint)_first), Vector128.LoadUnsafe(ref source, (nuint)_third));
            return Avx2.ShiftRightLogicalVariable(Avx2.Shuffle(bytes, _places).AsUInt64(), _shifts);
        }
    }
}
