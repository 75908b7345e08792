using System.Globalization;
using Weir.Engine.Sketches;

namespace Weir.Tests.Engine.Sketches;

/// <summary>The oracle of a sketch: all values, sorted.</summary>
internal static class SortedValues
{
    private const double SmallestNormal = 2.2250738585072014e-308;

    /// <summary>Fails where the sketch does not keep what it promises of these values.</summary>
    public static void AssertHolds(QuantileSketch sketch, ReadOnlySpan<double> values)
    {
        var finite = Array.FindAll(values.ToArray(), double.IsFinite);
        Array.Sort(finite);
        Assert.Equal(finite.Length, sketch.Count);
        Assert.Equal(values.Length - finite.Length, sketch.SkippedCount);
        Assert.Equal(finite.Count(x => Math.Abs(x) < SmallestNormal), sketch.ZeroCount);
        Assert.InRange(sketch.Bytes, 0, 8L * sketch.BucketsMax);
        if (finite.Length == 0)
        {
            Assert.True(double.IsNaN(sketch.Quantile(0.5)) && double.IsNaN(sketch.Min) && double.IsNaN(sketch.Max));
            return;
        }
        Assert.Equal(finite[0], sketch.Min);
        Assert.Equal(finite[^1], sketch.Max);
        Assert.Equal(finite[0], sketch.Quantile(0));
        Assert.Equal(finite[^1], sketch.Quantile(1));
        for (var i = 0; i <= 200; i++) AssertWithin(sketch, finite, i / 200.0, sketch.RelativeError);
        AssertWithin(sketch, finite, 0.999, sketch.RelativeError);
    }

    public static void AssertWithin(QuantileSketch sketch, double[] sorted, double q, double error)
    {
        var exact = sorted[(long)(q * (sorted.Length - 1))];
        var estimate = sketch.Quantile(q);
        var allowed = Math.Abs(exact) < SmallestNormal ? SmallestNormal : Math.Abs(exact) * error;
        if (Math.Abs(estimate - exact) <= allowed) return;
        Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"Quantile {q} of {sorted.Length} values should be {exact:R} to a part of {error:R} and is {estimate:R}."));
    }
}
