using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Weir.Engine.Sketches;

/// <summary>Many values at once: what needs no bucket (sum, extremes) runs in vectors beside the counting.</summary>
public sealed partial class QuantileSketch
{
    /// <summary>Values taken between two looks at whether they are all finite; they stay in the nearest cache.</summary>
    private const int BlockLength = 512;

    /// <summary>
    /// Takes many values in. Every figure comes to what adding them one by one gives, but for the rounding of <see cref="Sum"/>: a block of
    /// 512 is summed in eight interleaved parts.
    /// </summary>
    public void Add(ReadOnlySpan<double> values)
    {
        while (!values.IsEmpty)
        {
            var block = values[..Math.Min(BlockLength, values.Length)];
            values = values[block.Length..];
            var lanes = SumLanes.Of(block);
            if (lanes.IsFinite) AddFinite(block, lanes);
            else foreach (var value in block) Add(value);
        }
    }

    private void AddFinite(ReadOnlySpan<double> block, in SumLanes lanes)
    {
        _count += block.Length;
        _sum += lanes.Sum;
        if (lanes.Min < _min) _min = lanes.Min;
        if (lanes.Max > _max) _max = lanes.Max;
        while (true)
        {
            var counted = _positive.CountWhileInside(block, _precision);
            if (counted == block.Length) return;
            CountElsewhere(block[counted], 1);
            block = block[(counted + 1)..];
        }
    }
}

/// <summary>Sum and extremes of a block in eight lanes: value <c>i</c> goes to lane <c>i mod 8</c>, and the lanes are added up in a fixed order.</summary>
internal readonly record struct SumLanes(double Sum, double Min, double Max)
{
    /// <summary>False when a NaN or an infinity was among the values, or they overflow.</summary>
    public bool IsFinite => double.IsFinite(Sum);

    public static SumLanes Of(ReadOnlySpan<double> values)
    {
        var (sumA, sumB) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var (minA, minB) = (Vector256.Create(double.PositiveInfinity), Vector256.Create(double.PositiveInfinity));
        var (maxA, maxB) = (-minA, -minB);
        var wide = MemoryMarshal.Cast<double, Vector256<double>>(values);
        for (var i = 0; i + 1 < wide.Length; i += 2)
        {
            var (a, b) = (wide[i], wide[i + 1]);
            (sumA, sumB) = (sumA + a, sumB + b);
            minA = Vector256.ConditionalSelect(Vector256.LessThan(a, minA), a, minA);
            minB = Vector256.ConditionalSelect(Vector256.LessThan(b, minB), b, minB);
            maxA = Vector256.ConditionalSelect(Vector256.GreaterThan(a, maxA), a, maxA);
            maxB = Vector256.ConditionalSelect(Vector256.GreaterThan(b, maxB), b, maxB);
        }
        // The tail fills the lanes on from the first.
        Span<double> sums = [sumA[0], sumA[1], sumA[2], sumA[3], sumB[0], sumB[1], sumB[2], sumB[3]];
        var (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var lane = 0; lane < 4; lane++)
        {
            min = Math.Min(min, Math.Min(minA[lane], minB[lane]));
            max = Math.Max(max, Math.Max(maxA[lane], maxB[lane]));
        }
        var tail = values[(values.Length & ~7)..];
        for (var i = 0; i < tail.Length; i++)
        {
            sums[i] += tail[i];
            min = Math.Min(min, tail[i]);
            max = Math.Max(max, tail[i]);
        }
        var sum = (sums[0] + sums[1] + (sums[2] + sums[3])) + (sums[4] + sums[5] + (sums[6] + sums[7]));
        return new(sum, min, max);
    }

    /// <summary>The plain twin of <see cref="Of"/>.</summary>
    public static SumLanes OfPlain(ReadOnlySpan<double> values)
    {
        var sums = new double[8];
        var (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < values.Length; i++)
        {
            sums[i % 8] += values[i];
            min = Math.Min(min, values[i]);
            max = Math.Max(max, values[i]);
        }
        var sum = (sums[0] + sums[1] + (sums[2] + sums[3])) + (sums[4] + sums[5] + (sums[6] + sums[7]));
        return new(sum, min, max);
    }
}
