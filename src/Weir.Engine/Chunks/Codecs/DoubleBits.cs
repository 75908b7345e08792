using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>The bits of doubles as integers that pack well, there and back in place.</summary>
internal static class DoubleBits
{
    public const int FractionWidth = 52;

    private const long Fraction = (1L << FractionWidth) - 1;

    /// <summary>Integers in the order of the values: neighbours of one sign are near each other. Its own inverse.</summary>
    public static long Order(long bits) => bits ^ ((bits >> 63) & long.MaxValue);

    /// <summary><see cref="Order(long)"/> for each.</summary>
    public static void Order(Span<long> numbers, VectorWidth vectors)
    {
        var i = 0;
        if (vectors != VectorWidth.Scalar)
        {
            foreach (ref var lanes in MemoryMarshal.Cast<long, Vector512<long>>(numbers))
            {
                lanes ^= (lanes >> 63) & Vector512.Create(long.MaxValue);
                i += Vector512<long>.Count;
            }
        }
        for (; i < numbers.Length; i++) numbers[i] = Order(numbers[i]);
    }

    public static void Of(ReadOnlySpan<double> values, Span<long> bits) => MemoryMarshal.Cast<double, long>(values).CopyTo(bits);

    /// <summary>Exponent and, lowest, sign: small numbers near each other even where values change their sign.</summary>
    public static long ScaleOf(long bits) => (bits >>> FractionWidth << 1 & 0xFFF) | (bits >>> 63);

    public static long FractionOf(long bits) => bits & Fraction;

    /// <summary>Makes scales of bits, in place, and fractions beside them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Split(Span<long> bits, Span<long> fractions, VectorWidth vectors)
    {
        var i = 0;
        if (vectors != VectorWidth.Scalar)
        {
            var into = MemoryMarshal.Cast<long, Vector512<long>>(fractions[..bits.Length]);
            var from = MemoryMarshal.Cast<long, Vector512<long>>(bits);
            for (var k = 0; k < into.Length; k++)
            {
                var lanes = from[k];
                into[k] = lanes & Vector512.Create(Fraction);
                from[k] = (((lanes >>> FractionWidth) << 1) & Vector512.Create(0xFFFL)) | (lanes >>> 63);
            }
            i = into.Length * Vector512<long>.Count;
        }
        for (; i < bits.Length; i++) (fractions[i], bits[i]) = (FractionOf(bits[i]), ScaleOf(bits[i]));
    }

    /// <summary>Joins each fraction with the scale at its place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Join(Span<long> fractions, ReadOnlySpan<long> scales, VectorWidth vectors)
    {
        var i = 0;
        if (vectors != VectorWidth.Scalar)
        {
            var into = MemoryMarshal.Cast<long, Vector512<long>>(fractions);
            var from = MemoryMarshal.Cast<long, Vector512<long>>(scales);
            for (var k = 0; k < into.Length; k++) into[k] |= (from[k] >>> 1 << FractionWidth) | (from[k] << 63);
            i = into.Length * Vector512<long>.Count;
        }
        for (; i < fractions.Length; i++) fractions[i] |= (scales[i] >>> 1 << FractionWidth) | (scales[i] << 63);
    }
}
