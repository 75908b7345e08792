using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>
/// Doubles that are a decimal number of few digits, as integers: 21.37 as 2137 with an exponent of 2. Taken only where dividing the integer gives
/// the very same double, bit for bit (the idea of ALP: Afroozeh, Kuffó, Boncz, "ALP: Adaptive Lossless Floating-Point Compression", SIGMOD 2024).
/// </summary>
internal static class Decimals
{
    public const int ExponentMax = 18;

    /// <summary>Integers up to here are doubles.</summary>
    public const long IntegerMax = 1L << 53;

    public static ReadOnlySpan<double> PowersOfTen => [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18];

    /// <summary>Integers are smaller than this. Whole numbers need no division and so may be as long as a double or an integer can be.</summary>
    public static double LimitOf(int exponent) => exponent == 0 ? -(double)long.MinValue : IntegerMax;

    /// <summary>
    /// The integer that gives this value when it is divided by 10^exponent, if there is one. If there is none, the integer nearest to it, or the largest
    /// where that is too long.
    /// </summary>
    public static bool TryToInteger(double value, int exponent, out long integer)
    {
        var power = PowersOfTen[exponent];
        var scaled = Math.Round(value * power);
        var limit = LimitOf(exponent);
        integer = long.MaxValue;
        if (!(Math.Abs(scaled) < limit)) return false;
        integer = (long)scaled;
        return BitConverter.DoubleToInt64Bits(integer / power) == BitConverter.DoubleToInt64Bits(value);
    }

    /// <summary><see cref="TryToInteger"/> for each value.</summary>
    /// <param name="values">Values of a chunk.</param>
    /// <param name="exponent">Up to <see cref="ExponentMax"/>.</param>
    /// <param name="integers">As many; where there is no integer, anything.</param>
    /// <param name="missing">Receives the positions of the values that have none.</param>
    /// <param name="vectors">Vectors to use.</param>
    /// <returns>How many have none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int ToIntegers(ReadOnlySpan<double> values, int exponent, Span<long> integers, Span<long> missing, VectorWidth vectors)
    {
        var (i, count) = (0, 0);
        if (vectors != VectorWidth.Scalar)
        {
            var scale = new DecimalScale(exponent);
            ref var from = ref MemoryMarshal.GetReference(values);
            ref var to = ref MemoryMarshal.GetReference(integers[..values.Length]);
            for (; i <= values.Length - DecimalScale.Lanes; i += DecimalScale.Lanes)
            {
                var are = scale.TryToIntegers(Vector512.LoadUnsafe(ref from, (nuint)i), out var numbers);
                numbers.StoreUnsafe(ref to, (nuint)i);
                for (var not = (byte)~are.ExtractMostSignificantBits(); not != 0; not &= (byte)(not - 1)) missing[count++] = i + byte.TrailingZeroCount(not);
            }
        }
        for (; i < values.Length; i++)
        {
            if (!TryToInteger(values[i], exponent, out integers[i])) missing[count++] = i;
        }
        return count;
    }

    /// <summary>Turns integers into the values they stand for, in place.</summary>
    public static void ToValues(Span<long> integers, int exponent, VectorWidth vectors)
    {
        var values = MemoryMarshal.Cast<long, double>(integers);
        var power = PowersOfTen[exponent];
        var i = vectors == VectorWidth.Scalar ? 0 : exponent == 0 ? Convert(integers) : ConvertAndDivide(integers, new DecimalScale(exponent));
        for (; i < integers.Length; i++) values[i] = integers[i] / power;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Convert(Span<long> integers)
    {
        var lanes = MemoryMarshal.Cast<long, Vector512<long>>(integers);
        for (var i = 0; i < lanes.Length; i++) lanes[i] = Vector512.ConvertToDouble(lanes[i]).AsInt64();
        return lanes.Length * Vector512<long>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ConvertAndDivide(Span<long> integers, DecimalScale scale)
    {
        var lanes = MemoryMarshal.Cast<long, Vector512<long>>(integers);
        for (var i = 0; i < lanes.Length; i++) lanes[i] = scale.ToValues(lanes[i]).AsInt64();
        return lanes.Length * Vector512<long>.Count;
    }
}
