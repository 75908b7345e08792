using System.Numerics;
using System.Runtime.InteropServices;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>
/// Doubles that are a decimal number of few digits, as integers: 21.37 as 2137 with an exponent of 2. Taken only where dividing the integer gives
/// the very same double, bit for bit (the idea of ALP: Afroozeh, Kuffó, Boncz, "ALP: Adaptive Lossless Floating-Point Compression", SIGMOD 2024).
/// </summary>
internal static class Decimals
{
    public const int ExponentMax = 18;

    /// <summary>Integers up to here are doubles.</summary>
    private const double IntegerMax = 1L << 53;

    private static ReadOnlySpan<double> PowersOfTen => [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18];

    /// <summary>The integer that gives this value when it is divided by 10^exponent, if there is one.</summary>
    public static bool TryToInteger(double value, int exponent, out long integer)
    {
        var power = PowersOfTen[exponent];
        var scaled = Math.Round(value * power);
        // Whole numbers need no division and so may be as long as a double or an integer can be.
        var limit = exponent == 0 ? -(double)long.MinValue : IntegerMax;
        integer = 0;
        if (!(Math.Abs(scaled) < limit)) return false;
        integer = (long)scaled;
        return BitConverter.DoubleToInt64Bits(integer / power) == BitConverter.DoubleToInt64Bits(value);
    }

    /// <summary>Turns integers into the values they stand for, in place.</summary>
    public static void ToValues(Span<long> integers, int exponent, VectorWidth vectors)
    {
        var values = MemoryMarshal.Cast<long, double>(integers);
        var power = PowersOfTen[exponent];
        var i = vectors == VectorWidth.Scalar ? 0 : exponent == 0 ? Convert(integers) : ConvertAndDivide(integers, power);
        for (; i < integers.Length; i++) values[i] = integers[i] / power;
    }

    private static int Convert(Span<long> integers)
    {
        var lanes = MemoryMarshal.Cast<long, Vector<long>>(integers);
        for (var i = 0; i < lanes.Length; i++) lanes[i] = Vector.ConvertToDouble(lanes[i]).As<double, long>();
        return lanes.Length * Vector<long>.Count;
    }

    /// <summary>
    /// Division by multiplying with the rounded reciprocal and adding what the remainder comes to (Markstein, 1990): a third of a division's time and
    /// the same result. The remainder is exact, since an integer of 53 bits and 10^k, whose odd part 5^k has at most 42, leave room for it. The corrected
    /// quotient misses the true one by far less than the 2^-43 of a last place that at least lie between n/10^k and the middle of two doubles.
    /// </summary>
    private static int ConvertAndDivide(Span<long> integers, double power)
    {
        var lanes = MemoryMarshal.Cast<long, Vector<long>>(integers);
        var (reciprocal, minusPower) = (Vector.Create(1 / power), Vector.Create(-power));
        for (var i = 0; i < lanes.Length; i++)
        {
            var number = Vector.ConvertToDouble(lanes[i]);
            var quotient = number * reciprocal;
            var remainder = Vector.FusedMultiplyAdd(quotient, minusPower, number);
            lanes[i] = Vector.FusedMultiplyAdd(remainder, reciprocal, quotient).As<double, long>();
        }
        return lanes.Length * Vector<long>.Count;
    }
}
