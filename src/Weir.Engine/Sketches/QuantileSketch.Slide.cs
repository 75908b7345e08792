namespace Weir.Engine.Sketches;

/// <summary>What <see cref="SlidingSketch"/> needs: taking a merged sketch away again.</summary>
public sealed partial class QuantileSketch
{
    internal Reach Reach() => _count == 0
        ? Sketches.Reach.None
        : new(_precision, _positive.Used, _negative.Used, new(_min, _max), Sum);

    /// <summary>Takes the counts of a sketch away that was merged into this one before. Sum and extremes are left to the caller.</summary>
    internal void Subtract(QuantileSketch other, BucketRange positive, BucketRange negative)
    {
        SkippedCount -= other.SkippedCount;
        if (other._count == 0) return;
        var bits = other._precision - _precision;
        _positive.Subtract(other._positive, positive, bits);
        _negative.Subtract(other._negative, negative, bits);
        ZeroCount -= other.ZeroCount;
        _negativeCount -= other._negativeCount;
        _count -= other._count;
    }

    /// <summary>Whether values that reach so far would by now be kept to a lesser error.</summary>
    internal bool CouldBeFiner(in Reach reach) => _precision < PrecisionWanted && _precision < reach.PrecisionWithin(BucketsMax);

    internal void TakeExtremes(in Reach reach)
    {
        _lanes = default;
        _lanes[0] = reach.Sum;
        (_min, _max) = (reach.Extremes.Min, reach.Extremes.Max);
    }
}
