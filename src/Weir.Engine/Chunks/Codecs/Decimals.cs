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
    private const double IntegerMax = 1L << 53;

    private static ReadOnlySpan<double> PowersOfTen => [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18];

    /// <summary>
    /// The integer that gives this value when it is divided by 10^exponent, if there is one. If there is none, the integer nearest to it, or the largest
    /// where that is too long.
    /// </summary>
    public static bool TryToInteger(double value, int exponent, out long integer)
    {
        var power = PowersOfTen[exponent];
        var scaled = Math.Round(value * power);
        // Whole numbers need no division and so may be as long as a double or an integer can be.
        var limit = exponent == 0 ? -(double)long.MinValue : IntegerMax;
        integer = long.MaxValue;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Convert(Span<long> integers)
    {
        var lanes = MemoryMarshal.Cast<long, Vector512<long>>(integers);
        for (var i = 0; i < lanes.Length; i++) lanes[i] = Vector512.ConvertToDouble(lanes[i]).AsInt64();
        return lanes.Length * Vector512<long>.Count;
    }

    /// <summary>
    /// Division as one multiplication and one fused addition with the reciprocal in two doubles (high + low, 106 bits): a quarter of a division's time and
    /// the same result. Before the last rounding the error is about 2^-104 of the quotient, and n/10^k for |n| ≤ 2^53, k ≤ 18 lies at least 2^-96 of
    /// itself away from the middle of two doubles, since the odd part 5^k of the divisor has at most 42 bits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ConvertAndDivide(Span<long> integers, double power)
    {
        var lanes = MemoryMarshal.Cast<long, Vector512<long>>(integers);
        var high = 1 / power;
        // The remainder 1 − power·high is exact, so low is what high lacks, rounded once.
        var (highs, lows) = (Vector512.Create(high), Vector512.Create(Math.FusedMultiplyAdd(-power, high, 1) / power));
        for (var i = 0; i < lanes.Length; i++)
        {
            var numbers = Vector512.ConvertToDouble(lanes[i]);
            lanes[i] = Vector512.FusedMultiplyAdd(numbers, highs, numbers * lows).AsInt64();
        }
        return lanes.Length * Vector512<long>.Count;
    }
}
