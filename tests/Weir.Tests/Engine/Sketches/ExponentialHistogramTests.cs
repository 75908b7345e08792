using Weir.Engine.Sketches;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Sketches;

/// <summary>Conversions from and to OpenTelemetry's exponential histograms keep quantiles to the stated error, and counts where that is possible.</summary>
public sealed class ExponentialHistogramTests
{
    public static TheoryData<string> Names => new(Distributions.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Sketch_to_histogram_and_back_keeps_quantiles(string distribution) => Property.Holds(10, random =>
    {
        var values = Distributions.All[distribution](random, random.Next(1, 1500));
        var sketch = SketchStates.OneByOne(values);
        var bucketsPerSign = random.Next(2, 400);
        var histogram = sketch.ToExponential(bucketsPerSign);
        Assert.Equal(sketch.Count, histogram.Count);
        Assert.InRange(Math.Max(histogram.Positive.Count, histogram.Negative.Count), 0, bucketsPerSign);
        var back = QuantileSketch.FromExponential(histogram);
        Assert.Equal((sketch.Count, sketch.Sum, sketch.Min, sketch.Max), (back.Count, back.Sum, back.Min, back.Max));
        Array.Sort(values);
        // A sketch's error twice, on the way there and on the way back, and the histogram's.
        var error = (1 + sketch.RelativeError) * (1 + histogram.RelativeError) * (1 + back.RelativeError) - 1;
        for (var i = 0; i <= 100; i++) SortedValues.AssertWithin(back, values, i / 100.0, error);
    });

    [Fact]
    public void Histogram_to_sketch_keeps_quantiles() => Property.Holds(100, random =>
    {
        var scale = random.Next(-4, 9);
        var values = Distributions.All["normal around zero"](random, random.Next(1, 800));
        var histogram = Of(values, scale);
        var sketch = QuantileSketch.FromExponential(histogram);
        Array.Sort(values);
        var error = (1 + histogram.RelativeError) * (1 + sketch.RelativeError) - 1;
        for (var i = 0; i <= 100; i++) SortedValues.AssertWithin(sketch, values, i / 100.0, error);
    });

    [Fact]
    public void Histogram_coarser_than_the_sketch_comes_back_the_same() => Property.Holds(100, random =>
    {
        var histogram = Of(Distributions.All["uniform with negatives"](random, random.Next(1, 800)), random.Next(-3, 6));
        var sketch = QuantileSketch.FromExponential(histogram);
        Assert.True(sketch.RelativeError < histogram.RelativeError);
        var back = Scaled(sketch, histogram.Scale);
        Assert.Equal((histogram.PositiveOffset, histogram.NegativeOffset), (back.PositiveOffset, back.NegativeOffset));
        Assert.Equal(histogram.Positive, back.Positive);
        Assert.Equal(histogram.Negative, back.Negative);
    });

    [Fact]
    public void Bounds_of_buckets_are_those_of_the_specification()
    {
        // Upper bounds belong to a bucket, lower ones do not: base^i < x ≤ base^(i+1).
        Assert.Equal((-1, 0, 0, 1), (ExponentialHistogram.IndexOf(1, 0), ExponentialHistogram.IndexOf(1.01, 0), ExponentialHistogram.IndexOf(2, 0), ExponentialHistogram.IndexOf(2.01, 0)));
        Assert.Equal((3, 4), (ExponentialHistogram.IndexOf(4, 1), ExponentialHistogram.IndexOf(4.01, 1)));
        Assert.Equal((0, 1), (ExponentialHistogram.IndexOf(4, -1), ExponentialHistogram.IndexOf(4.01, -1)));
        Assert.Equal(1 / 3.0, ExponentialHistogram.ErrorAt(0), 1e-15);
        Assert.Equal(4 / 3.0, ExponentialHistogram.MiddleOf(0, 0), 1e-15);
    }

    [Fact]
    public void Contradictions_are_refused()
    {
        Refused(new ExponentialHistogram { Scale = 21 }, "-10 to 20");
        Refused(new ExponentialHistogram { Scale = 0, ZeroCount = -1 }, "zero bucket");
        Refused(new ExponentialHistogram { Scale = 0, ZeroCount = 1, Sum = double.NaN }, "sum is NaN");
        Refused(new ExponentialHistogram { Scale = 0, Positive = [1, -4], PositiveOffset = 6 }, "bucket 7 is -4");
        Refused(new ExponentialHistogram { Scale = 0, Positive = [1], Min = 2, Max = 1 }, "above the maximum");
        Refused(new ExponentialHistogram { Scale = 0, Positive = [1], Min = 2 }, "above the maximum");
        Refused(new ExponentialHistogram { Scale = 0, Positive = [long.MaxValue, long.MaxValue] }, "2^62");
        Assert.Throws<ArgumentOutOfRangeException>(() => new QuantileSketch().ToExponential(1));

        static void Refused(ExponentialHistogram histogram, string why) =>
            Assert.Contains(why, Assert.Throws<ArgumentException>(() => QuantileSketch.FromExponential(histogram)).Message);
    }

    /// <summary>The plain twin: each value to its own bucket.</summary>
    private static ExponentialHistogram Of(double[] values, int scale)
    {
        var (positiveOffset, positive) = Counts(values.Where(value => value > 0));
        var (negativeOffset, negative) = Counts(values.Where(value => value < 0).Select(value => -value));
        return new ExponentialHistogram
        {
            Scale = scale, ZeroCount = values.Count(value => value == 0), Sum = values.Sum(), Min = values.Min(), Max = values.Max(),
            PositiveOffset = positiveOffset, Positive = positive, NegativeOffset = negativeOffset, Negative = negative,
        };

        (int, long[]) Counts(IEnumerable<double> magnitudes)
        {
            var indexes = magnitudes.Select(value => ExponentialHistogram.IndexOf(value, scale)).ToArray();
            if (indexes.Length == 0) return (0, []);
            var counts = new long[indexes.Max() - indexes.Min() + 1];
            foreach (var index in indexes) counts[index - indexes.Min()]++;
            return (indexes.Min(), counts);
        }
    }

    /// <summary>The finest histogram there is, merged down to a scale as OpenTelemetry merges: by halving indexes.</summary>
    private static ExponentialHistogram Scaled(QuantileSketch sketch, int scale)
    {
        var histogram = sketch.ToExponential(QuantileSketch.BucketsMaxMost);
        Assert.True(histogram.Scale >= scale);
        var (positiveOffset, positive) = Down(histogram.PositiveOffset, histogram.Positive, histogram.Scale - scale);
        var (negativeOffset, negative) = Down(histogram.NegativeOffset, histogram.Negative, histogram.Scale - scale);
        return histogram with { Scale = scale, PositiveOffset = positiveOffset, Positive = positive, NegativeOffset = negativeOffset, Negative = negative };

        static (int, long[]) Down(int offset, IReadOnlyList<long> counts, int steps)
        {
            if (counts.Count == 0) return (0, []);
            var merged = new long[((offset + counts.Count - 1) >> steps) - (offset >> steps) + 1];
            for (var i = 0; i < counts.Count; i++) merged[((offset + i) >> steps) - (offset >> steps)] += counts[i];
            return (offset >> steps, merged);
        }
    }
}
