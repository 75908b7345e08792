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
/// </summary>
internal static class UnpackGroups
{
    private const int Group = BitPacking.Group;
    private const ulong EightBytesOn = 0x0706050403020100;
    private const ulong InEveryByte = 0x0101010101010101;

    /// <summary>Whole groups; <paramref name="from"/> must be readable for <see cref="BitPacking.Reach"/> bytes from the start of the last.</summary>
    public static void Run(ReadOnlySpan<byte> from, int width, long add, Span<long> into, VectorWidth vectors)
    {
        if (into.Length == 0) return;
        // The one bounds check of all the loops below.
        ArgumentOutOfRangeException.ThrowIfLessThan(from.Length, (into.Length / Group - 1) * width + BitPacking.Reach);
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(into);
        var mask = ulong.MaxValue >>> (64 - width);
        switch (vectors)
        {
            case VectorWidth.Bits512: EightLanes(ref source, width, mask, add, ref target, into.Length); break;
            case VectorWidth.Bits256: FourLanes(ref source, width, mask, add, ref target, into.Length); break;
            case VectorWidth.Bits128: TwoLanes(ref source, width, mask, add, ref target, into.Length); break;
            default: OneByOne(from, width, mask, add, into); break;
        }
    }

    private static void OneByOne(ReadOnlySpan<byte> from, int width, ulong mask, long add, Span<long> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            var bit = i * width;
            var eight = BinaryPrimitives.ReadUInt64LittleEndian(from[(bit >>> 3)..]);
            into[i] = (long)((eight >>> (bit & 7)) & mask) + add;
        }
    }

    private static void EightLanes(ref byte source, int width, ulong mask, long add, ref long target, int count)
    {
        var bits = Vector512<ulong>.Indices * (ulong)width;
        var places = ((bits >>> 3) * InEveryByte + Vector512.Create(EightBytesOn)).AsByte();
        var shifts = bits & Vector512.Create(7UL);
        var (masks, adds) = (Vector512.Create(mask), Vector512.Create(add));
        for (var i = 0; i < count; i += Group)
        {
            var lanes = Avx512Vbmi.PermuteVar64x8(Vector512.LoadUnsafe(ref source), places).AsUInt64();
            var numbers = (Avx512F.ShiftRightLogicalVariable(lanes, shifts) & masks).AsInt64();
            (numbers + adds).StoreUnsafe(ref target, (nuint)i);
            source = ref Unsafe.Add(ref source, width);
        }
    }

    private static void FourLanes(ref byte source, int width, ulong mask, long add, ref long target, int count)
    {
        var (masks, adds) = (Vector256.Create(mask), Vector256.Create(add));
        var (low, high) = (new Quad(0, width), new Quad(4, width));
        for (var i = 0; i < count; i += Group)
        {
            (low.Read(ref source) & masks).AsInt64().Plus(adds).StoreUnsafe(ref target, (nuint)i);
            (high.Read(ref source) & masks).AsInt64().Plus(adds).StoreUnsafe(ref target, (nuint)i + 4);
            source = ref Unsafe.Add(ref source, width);
        }
    }

    private static void TwoLanes(ref byte source, int width, ulong mask, long add, ref long target, int count)
    {
        var (masks, adds) = (Vector128.Create(mask), Vector128.Create(add));
        for (var first = 0; first < Group; first += 2)
        {
            var (bit, next) = (first * width, (first + 1) * width);
            var step = (ulong)((next >>> 3) - (bit >>> 3));
            var places = Vector128.Create(EightBytesOn, step * InEveryByte + EightBytesOn).AsByte();
            ref var pair = ref Unsafe.Add(ref source, bit >>> 3);
            for (var i = first; i < count; i += Group)
            {
                var lanes = Vector128.Shuffle(Vector128.LoadUnsafe(ref pair), places).AsUInt64();
                // Lanes of 128 bit vectors shift by one amount only, so shift twice and take a lane of each.
                var numbers = Vector128.ConditionalSelect(Vector128.Create(ulong.MaxValue, 0), lanes >>> (bit & 7), lanes >>> (next & 7));
                ((numbers & masks).AsInt64() + adds).StoreUnsafe(ref target, (nuint)i);
                pair = ref Unsafe.Add(ref pair, width);
            }
        }
    }

    private static Vector256<long> Plus(this Vector256<long> numbers, Vector256<long> adds) => numbers + adds;

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
