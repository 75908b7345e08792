namespace Weir.Engine.Sketches;

/// <summary>From and to the exponential histograms of OpenTelemetry.</summary>
public sealed partial class QuantileSketch
{
    /// <summary>
    /// A sketch of what an exponential histogram counted. Quantiles are off by at most <c>(1 + a)(1 + b) − 1</c> with the relative errors of the
    /// histogram and of the sketch; values in its zero bucket count as zero. Minimum and maximum are as told, else those of the outermost middles.
    /// </summary>
    /// <param name="histogram">What was counted.</param>
    /// <param name="relativeError">As for <see cref="QuantileSketch"/>.</param>
    /// <param name="bucketsMax">As for <see cref="QuantileSketch"/>.</param>
    /// <exception cref="ArgumentException">The histogram contradicts itself; the message says where.</exception>
    public static QuantileSketch FromExponential(
        ExponentialHistogram histogram, double relativeError = RelativeErrorDefault, int bucketsMax = BucketsMaxLeast)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        histogram.Validate(nameof(histogram));
        var sketch = new QuantileSketch(relativeError, bucketsMax);
        sketch.Add(0, histogram.ZeroCount);
        sketch.AddBuckets(histogram.Positive, histogram.PositiveOffset, histogram.Scale, 1);
        sketch.AddBuckets(histogram.Negative, histogram.NegativeOffset, histogram.Scale, -1);
        if (sketch.Count == 0) return sketch;
        sketch._lanes = default;
        sketch._lanes[0] = histogram.Sum;
        if (histogram.Min is { } min && double.IsFinite(min)) sketch._min = min;
        if (histogram.Max is { } max && double.IsFinite(max)) sketch._max = max;
        if (sketch._min > sketch._max) throw new ArgumentException($"The minimum {sketch._min} lies above the maximum {sketch._max}.", nameof(histogram));
        return sketch;
    }

    /// <summary>
    /// An exponential histogram of what the sketch counted, at the finest scale at which neither sign takes more buckets than allowed.
    /// Quantiles are off by at most <c>(1 + a)(1 + b) − 1</c> with the relative errors of the sketch and of the histogram.
    /// </summary>
    /// <param name="bucketsPerSign">2 to 65,536; 160 is what OpenTelemetry's own libraries keep.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of buckets lies outside its range.</exception>
    public ExponentialHistogram ToExponential(int bucketsPerSign = ExponentialHistogram.BucketsMaxDefault)
    {
        if (bucketsPerSign is < 2 or > BucketsMaxMost)
        {
            throw new ArgumentOutOfRangeException(nameof(bucketsPerSign), bucketsPerSign, $"{bucketsPerSign} buckets a sign were allowed; a histogram takes 2 to {BucketsMaxMost:#,0}.");
        }
        var scale = Math.Min(ScaleWithin(_positive.Used, bucketsPerSign), ScaleWithin(_negative.Used, bucketsPerSign));
        var (positiveOffset, positive) = ToExponential(_positive, scale);
        var (negativeOffset, negative) = ToExponential(_negative, scale);
        return new ExponentialHistogram
        {
            Scale = scale,
            Sum = Sum,
            ZeroCount = ZeroCount,
            ZeroThreshold = ZeroCount == 0 ? 0 : LogLinear.LowerBound(1, 0),
            PositiveOffset = positiveOffset,
            Positive = positive,
            NegativeOffset = negativeOffset,
            Negative = negative,
            Min = _count == 0 ? null : _min,
            Max = _count == 0 ? null : _max,
        };
    }

    private void AddBuckets(IReadOnlyList<long> counts, int offset, int scale, int sign)
    {
        for (var i = 0; i < counts.Count; i++)
        {
            if (counts[i] > 0) Add(sign * ExponentialHistogram.MiddleOf(offset + (long)i, scale), counts[i]);
        }
    }

    private int ScaleWithin(BucketRange used, int bucketsMax)
    {
        var scale = ExponentialHistogram.ScaleMost;
        if (used.IsEmpty) return scale;
        var (low, high) = (LogLinear.MiddleOf(used.First, _precision), LogLinear.MiddleOf(used.Last, _precision));
        while (scale > ExponentialHistogram.ScaleLeast && ExponentialHistogram.IndexOf(high, scale) - (long)ExponentialHistogram.IndexOf(low, scale) >= bucketsMax) scale--;
        return scale;
    }

    private (int Offset, long[] Counts) ToExponential(in BucketCounts counts, int scale)
    {
        var used = counts.Used;
        if (used.IsEmpty) return (0, []);
        var offset = ExponentialHistogram.IndexOf(LogLinear.MiddleOf(used.First, _precision), scale);
        var exponential = new long[ExponentialHistogram.IndexOf(LogLinear.MiddleOf(used.Last, _precision), scale) - offset + 1];
        for (var index = used.First; index <= used.Last; index++)
        {
            exponential[ExponentialHistogram.IndexOf(LogLinear.MiddleOf(index, _precision), scale) - offset] += counts[index - counts.First];
        }
        return (offset, exponential);
    }
}
