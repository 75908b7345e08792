using System.Runtime.CompilerServices;

namespace Weir.Engine.Sketches;

/// <summary>
/// Log-linear buckets over the positive normal doubles, numbered by the bits themselves: exponent and the leading <c>precision</c> bits of the
/// mantissa. Every octave <c>[2^e, 2^(e+1))</c> is cut into <c>2^precision</c> buckets of one width, and one bit less of precision merges the
/// buckets <c>2i</c> and <c>2i + 1</c>.
/// </summary>
/// <remarks>
/// Error. A bucket is <c>[k·w, (k+1)·w)</c> with an integer <c>k ≥ 2^precision</c>. Its middle is <c>m = k·w·(1 + 1/(2k+1))</c>. The lower end
/// lies off by <c>(m − kw)/kw = 1/(2k+1)</c>, the upper by <c>((k+1)w − m)/((k+1)w) = 1/(2k+1)</c>, and what is between by less. So whatever
/// the value, <c>|m − x|/x ≤ 1/(2^(precision+1) + 1) &lt; 2^−(precision+1)</c>; the difference of the two bounds (2^−28 at the finest precision)
/// is far above the rounding of <c>m</c>. The idea of equal parts of an octave is that of HDR histograms (G. Tene); that of a guaranteed
/// relative error is DDSketch's (Masson, Rim, Lee 2019, https://arxiv.org/abs/1908.10693).
/// </remarks>
internal static class LogLinear
{
    public const int MantissaBits = 52;

    /// <summary>The finest: 8,192 buckets an octave, an error of 2^−14.</summary>
    public const int PrecisionMax = 13;

    /// <summary>Buckets of one sign at precision 0: the octaves of the normal doubles.</summary>
    public const int Octaves = 2046;

    /// <summary>The relative error that is never exceeded.</summary>
    public static double ErrorAt(int precision) => Math.ScaleB(1, -(precision + 1));

    /// <summary>The least precision that keeps an error; above <see cref="PrecisionMax"/> when none does.</summary>
    public static int PrecisionFor(double relativeError)
    {
        var precision = 0;
        while (precision <= PrecisionMax && ErrorAt(precision) > relativeError) precision++;
        return precision;
    }

    /// <summary>Bucket of a positive normal value. Negative for a negative value, under <see cref="First"/> for zero and subnormals, at or past <see cref="End"/> for ∞ and NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOf(double value, int precision) => (int)(BitConverter.DoubleToInt64Bits(value) >> (MantissaBits - precision));

    /// <summary>The bucket that begins at 2^−1022, the smallest normal double.</summary>
    public static int First(int precision) => 1 << precision;

    /// <summary>One past the bucket that holds the largest double.</summary>
    public static int End(int precision) => 2047 << precision;

    /// <summary>Where a bucket begins; +∞ for <see cref="End"/>.</summary>
    public static double LowerBound(int index, int precision) => BitConverter.Int64BitsToDouble((long)index << (MantissaBits - precision));

    /// <summary>The value that stands for all of a bucket.</summary>
    public static double MiddleOf(int index, int precision)
    {
        var parts = 1 << precision;
        var k = parts | (index & (parts - 1));
        var low = LowerBound(index, precision);
        return low + low / (2 * k + 1);
    }
}
