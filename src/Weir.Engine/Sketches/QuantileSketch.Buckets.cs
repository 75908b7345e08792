namespace Weir.Engine.Sketches;

/// <summary>Values counted between two bounds.</summary>
/// <param name="Low">Where the bucket begins, towards −∞.</param>
/// <param name="High">Where it ends.</param>
/// <param name="Count">How many values lie in it, at least 1.</param>
public readonly record struct SketchBucket(double Low, double High, long Count);

/// <summary>The distribution itself, for histograms and heatmaps.</summary>
public sealed partial class QuantileSketch
{
    /// <summary>
    /// The buckets that hold values, from the smallest values to the largest. A positive bucket holds its low bound and a negative one its high
    /// bound; that of the zeros has 0 for both.
    /// </summary>
    public IReadOnlyList<SketchBucket> Buckets()
    {
        var buckets = new List<SketchBucket>();
        for (var slot = _negative.Capacity - 1; slot >= 0; slot--)
        {
            var index = _negative.First + slot;
            if (_negative[slot] > 0) buckets.Add(new(-LogLinear.LowerBound(index + 1, _precision), -LogLinear.LowerBound(index, _precision), _negative[slot]));
        }
        if (ZeroCount > 0) buckets.Add(new(0, 0, ZeroCount));
        for (var slot = 0; slot < _positive.Capacity; slot++)
        {
            var index = _positive.First + slot;
            if (_positive[slot] > 0) buckets.Add(new(LogLinear.LowerBound(index, _precision), LogLinear.LowerBound(index + 1, _precision), _positive[slot]));
        }
        return buckets;
    }

    /// <summary>Adds the counts of positive values to rows, of which the first is that of a bucket number with so many bits dropped.</summary>
    internal void AddPositive(Span<long> rows, int firstRow, int bits)
    {
        var used = _positive.Used;
        for (var index = used.First; index <= used.Last; index++) rows[(index >> bits) - firstRow] += _positive[index - _positive.First];
    }
}
