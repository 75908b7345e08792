using Weir.Engine.Sketches;

namespace Weir.Tests.Engine.Sketches;

/// <summary>All that shows of a sketch, compared without tolerance; its sum to the rounding of adding in another order.</summary>
internal static class SketchStates
{
    public static QuantileSketch OneByOne(ReadOnlySpan<double> values)
    {
        var sketch = new QuantileSketch();
        foreach (var value in values) sketch.Add(value);
        return sketch;
    }

    public static void AssertSame(QuantileSketch expected, QuantileSketch actual)
    {
        Assert.Equal(expected.RelativeError, actual.RelativeError);
        Assert.Equal((expected.Count, expected.ZeroCount, expected.SkippedCount), (actual.Count, actual.ZeroCount, actual.SkippedCount));
        Assert.Equal((expected.Min, expected.Max), (actual.Min, actual.Max));
        Assert.Equal(expected.Buckets(), actual.Buckets());
        for (var i = 0; i <= 100; i++) Assert.Equal(expected.Quantile(i / 100.0), actual.Quantile(i / 100.0));
        if (!double.IsFinite(expected.Sum) || !double.IsFinite(actual.Sum)) return;
        var size = Math.Max(Math.Abs(expected.Min), Math.Abs(expected.Max)) * expected.Count;
        if (expected.Count > 0) Assert.InRange(actual.Sum - expected.Sum, -size * 1e-12, size * 1e-12);
    }
}
