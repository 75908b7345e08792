using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Weir.Engine.Ladders;

/// <summary>
/// Extremes, sum and number of the finite values of a run, eight at a time: what <see cref="Bucket.AddPlainly"/> does one by one, with the same extremes in the
/// same places. Only the sum may differ by rounding, as it adds up eight lanes.
/// </summary>
internal static class FiniteScan
{
    /// <summary>Below this a plain loop is as fast.</summary>
    public const int LengthMin = 32;

    public static void Add(ref Bucket bucket, ReadOnlySpan<double> values, int position)
    {
        var lanes = MemoryMarshal.Cast<double, Vector512<double>>(values);
        var (mins, maxes) = (Vector512.Create(double.PositiveInfinity), Vector512.Create(double.NegativeInfinity));
        var (sums, counts) = (Vector512<double>.Zero, Vector512<long>.Zero);
        var largest = Vector512.Create(double.MaxValue);
        foreach (var eight in lanes)
        {
            // Neither NaN nor an infinity is at most the largest double.
            var finite = Vector512.LessThanOrEqual(Vector512.Abs(eight), largest);
            mins = Vector512.ConditionalSelect(finite, Vector512.MinNative(mins, eight), mins);
            maxes = Vector512.ConditionalSelect(finite, Vector512.MaxNative(maxes, eight), maxes);
            sums += Vector512.ConditionalSelect(finite, eight, Vector512<double>.Zero);
            counts -= finite.AsInt64();
        }
        var (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < Vector512<double>.Count; i++) (min, max) = (Math.Min(min, mins[i]), Math.Max(max, maxes[i]));
        var done = lanes.Length * Vector512<double>.Count;
        // The value is read again, since zeros of both signs are equal and the first counts.
        if (min < bucket.Min) bucket.Min = values[FirstOf(min, values, position, out bucket.ArgMin)];
        if (max > bucket.Max) bucket.Max = values[FirstOf(max, values, position, out bucket.ArgMax)];
        bucket.Sum += Vector512.Sum(sums);
        bucket.Count += (int)Vector512.Sum(counts);
        bucket.AddPlainly(values[done..], position + done);
    }

    /// <summary>Where the first of a value that is there stands.</summary>
    private static int FirstOf(double value, ReadOnlySpan<double> values, int position, out int place)
    {
        var (wanted, index) = (Vector512.Create(value), 0);
        foreach (var eight in MemoryMarshal.Cast<double, Vector512<double>>(values))
        {
            var equal = Vector512.Equals(eight, wanted).ExtractMostSignificantBits();
            if (equal != 0)
            {
                index += System.Numerics.BitOperations.TrailingZeroCount(equal);
                break;
            }
            index += Vector512<double>.Count;
        }
        place = position + index;
        return index;
    }
}
