using Weir.Engine.Sketches;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Sketches;

public sealed class ExplicitBucketTests
{
    [Fact]
    public void Middles_are_as_documented()
    {
        // Bounds whose middles are exact doubles.
        Assert.Equal([1.0, 3, 6], Values([2, 6], [1, 1, 1]));
        Assert.Equal([-6, -3, -1, 1.5, 3], Values([-6, -2, 0, 3], [1, 1, 1, 1, 1]));
        Assert.Equal([0.5], Values([-1, 2], [0, 1, 0]));
        Assert.Equal([double.MaxValue], Values([double.MaxValue], [0, 1]));
    }

    [Fact]
    public void Quantiles_of_positive_values_are_off_by_no_more_than_documented() => Property.Holds(30, random =>
    {
        double[] bounds = [1, 2, 4, 8, 16, 32, 64];
        // A third for buckets between powers of two, and what the sketch itself may be off.
        var error = (1 + 1 / 3.0) * (1 + QuantileSketch.RelativeErrorDefault) - 1;
        var values = Enumerable.Range(0, 500).Select(_ => Math.Exp(random.NextDouble() * Math.Log(64))).Where(value => value > 1).Order().ToArray();
        var counts = new long[bounds.Length + 1];
        foreach (var value in values) counts[bounds.Count(bound => bound < value)]++;
        var sketch = QuantileSketch.FromBuckets(bounds, counts, values.Sum());
        Assert.Equal((values.Length, values.Sum()), (sketch.Count, sketch.Sum));
        for (var q = 0.0; q <= 1; q += 0.01)
        {
            var exact = values[(int)(q * (values.Length - 1))];
            Assert.InRange(sketch.Quantile(q), exact * (1 - error), exact * (1 + error));
        }
    });

    [Theory]
    [InlineData(new double[0], new long[] { 1 }, 0, "0 bounds and 1 counts")]
    [InlineData(new[] { 1.0 }, new long[] { 1 }, 0, "1 bounds and 1 counts")]
    [InlineData(new[] { 1.0 }, new long[] { 1, -1 }, 0, "The count of bucket 1 is -1")]
    [InlineData(new[] { 2.0, 1.0 }, new long[] { 1, 1, 1 }, 0, "Bound 1 is 1 behind 2")]
    [InlineData(new[] { double.NaN }, new long[] { 1, 1 }, 0, "Bound 0 is NaN")]
    [InlineData(new[] { 1.0 }, new[] { long.MaxValue, long.MaxValue }, 0, "allowed is 2^62")]
    [InlineData(new[] { 1.0 }, new long[] { 1, 1 }, double.NaN, "The sum is NaN")]
    public void Histogram_that_contradicts_itself_is_an_error_that_says_where(double[] bounds, long[] counts, double sum, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => QuantileSketch.FromBuckets(bounds, counts, sum)).Message, StringComparison.Ordinal);

    /// <summary>Where the values of each bucket in use are taken to lie.</summary>
    private static IEnumerable<double> Values(double[] bounds, long[] counts)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] == 0) continue;
            var alone = new long[counts.Length];
            alone[i] = 1;
            // Of one value the minimum is exact.
            yield return QuantileSketch.FromBuckets(bounds, alone, 0).Min;
        }
    }
}
