using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>How many digits after the point a column of values is best written with.</summary>
internal static class DecimalExponent
{
    /// <summary>Values looked at before all are.</summary>
    private const int SampleSize = 64;

    /// <summary>Where more values than the sample said, by one in so many of all, are no decimals of its exponent, all are looked at.</summary>
    private const int ExceptionsOneIn = 32;

    /// <summary>What a digit costs each value, log2(10).</summary>
    private const double BitsOfDigit = 3.32;

    /// <summary>About what a value that has no such digits costs: its position and its 64 bits.</summary>
    private const double BitsOfException = 75;

    /// <summary>An integer this long is no shorter than the bits of the double that it stands for.</summary>
    private const long IntegerWorthMax = 1L << 50;

    public const int None = -1;

    private static readonly DecimalScale[] Scales = [.. Enumerable.Range(0, Decimals.ExponentMax + 1).Select(exponent => new DecimalScale(exponent))];

    /// <summary>
    /// From a sample spread over the values, with about how many of all will be no decimals; <see cref="None"/> when most of the sample are none.
    /// </summary>
    public static (int Exponent, int Exceptions) OfSample(ReadOnlySpan<double> values, VectorWidth vectors)
    {
        Span<double> sample = stackalloc double[Math.Min(SampleSize, values.Length)];
        for (var i = 0; i < sample.Length; i++) sample[i] = values[(int)((long)i * values.Length / sample.Length)];
        var (exponent, exceptions) = OfAll(sample, vectors);
        return (exponent, exceptions * values.Length / sample.Length);
    }

    /// <summary>From every value, with how many are no decimals.</summary>
    public static (int Exponent, int Exceptions) OfAll(ReadOnlySpan<double> values, VectorWidth vectors)
    {
        // Values that no exponent gives back are in the last, which is not looked at.
        Span<int> needing = stackalloc int[Decimals.ExponentMax + 2];
        needing.Clear();
        var i = 0;
        if (vectors != VectorWidth.Scalar)
        {
            foreach (ref readonly var lanes in MemoryMarshal.Cast<double, Vector512<double>>(values))
            {
                DigitsOf(lanes, needing);
                i += Vector512<double>.Count;
            }
        }
        for (; i < values.Length; i++) needing[DigitsOf(values[i])]++;
        var (best, bestBits, bestExceptions) = (None, double.PositiveInfinity, values.Length);
        var exceptions = values.Length;
        for (var exponent = 0; exponent <= Decimals.ExponentMax; exponent++)
        {
            exceptions -= needing[exponent];
            var bits = values.Length * BitsOfDigit * exponent + exceptions * BitsOfException;
            if (exceptions <= values.Length / 2 && bits < bestBits) (best, bestBits, bestExceptions) = (exponent, bits, exceptions);
        }
        return (best, bestExceptions);
    }

    /// <summary>Whether the sample has missed something.</summary>
    public static bool IsWorthAnotherLook(int exceptions, int expected, int count) => exceptions - expected > count / ExceptionsOneIn;

    /// <summary>Counts eight values by their digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DigitsOf(Vector512<double> values, Span<int> needing)
    {
        var left = Vector512<long>.AllBitsSet;
        var worth = Vector512.Create((double)IntegerWorthMax);
        for (var exponent = 0; exponent <= Decimals.ExponentMax && left != Vector512<long>.Zero; exponent++)
        {
            ref readonly var scale = ref Scales[exponent];
            var isWorth = DecimalScale.IsShort(scale.Scale(values), worth).AsInt64();
            var isInteger = scale.TryToIntegers(values, out _) & left;
            var found = exponent == 0 ? isInteger : isInteger & isWorth;
            needing[exponent] += BitOperations.PopCount(found.ExtractMostSignificantBits());
            // Longer still with every further digit.
            left &= ~found & isWorth;
        }
    }

    /// <summary>The smallest exponent that gives the value back from an integer that is worth it, or one more than there are.</summary>
    private static int DigitsOf(double value)
    {
        for (var exponent = 0; exponent <= Decimals.ExponentMax; exponent++)
        {
            if (!Decimals.TryToInteger(value, exponent, out var integer))
            {
                // Longer still with every further digit.
                if (!(Math.Abs(integer) < IntegerWorthMax)) break;
                continue;
            }
            if (exponent == 0 || Math.Abs(integer) < IntegerWorthMax) return exponent;
            break;
        }
        return Decimals.ExponentMax + 1;
    }
}
