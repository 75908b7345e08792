namespace Weir.Engine.Sketches;

/// <summary>What of a sketch can be joined but not taken away again: how far its values reach, and their sum.</summary>
/// <param name="Precision">The least precision of all that is joined.</param>
/// <param name="Positive">Buckets of positive values at that precision.</param>
/// <param name="Negative">Buckets of negative values at that precision.</param>
/// <param name="Extremes">The least and the greatest value.</param>
/// <param name="Sum">Sum of the values.</param>
internal readonly record struct Reach(int Precision, BucketRange Positive, BucketRange Negative, Extremes Extremes, double Sum) : IJoins<Reach>
{
    /// <summary>Of no values at all.</summary>
    public static Reach None { get; } = new(LogLinear.PrecisionMax, BucketRange.None, BucketRange.None, Extremes.None, 0);

    public static Reach Join(in Reach earlier, in Reach later)
    {
        var precision = Math.Min(earlier.Precision, later.Precision);
        var (one, other) = (earlier.At(precision), later.At(precision));
        return new(
            precision, one.Positive.With(other.Positive), one.Negative.With(other.Negative),
            one.Extremes.With(other.Extremes.Min, other.Extremes.Max), one.Sum + other.Sum);
    }

    /// <summary>The precision at which it spreads over no more buckets than allowed.</summary>
    public int PrecisionWithin(int bucketsMax)
    {
        var fold = 0;
        while (Positive.Fold(fold).Count + Negative.Fold(fold).Count > bucketsMax) fold++;
        return Precision - fold;
    }

    private Reach At(int precision)
    {
        if (precision == Precision) return this;
        var bits = Precision - precision;
        return this with { Precision = precision, Positive = Positive.Fold(bits), Negative = Negative.Fold(bits) };
    }
}
