namespace Weir.Engine.Ladders;

/// <summary>
/// What a run of points comes to: extremes with their times, sum and number of its finite values. NaN and infinities are left out,
/// so an all-gap run has <see cref="Count"/> 0, <see cref="Min"/> +∞ and <see cref="Max"/> −∞.
/// </summary>
internal struct Bucket
{
    public double Min;
    public double Max;
    public double Sum;

    /// <summary>When the smallest value came, in Unix nanoseconds. The first, if several are equal.</summary>
    public long MinTime;

    public long MaxTime;

    /// <summary>How many values were finite.</summary>
    public int Count;

    public static readonly Bucket Empty = new() { Min = double.PositiveInfinity, Max = double.NegativeInfinity };

    public readonly bool HasFinite => Min <= Max;

    /// <summary>The bucket of some points.</summary>
    /// <param name="times">Unix nanoseconds, rising.</param>
    /// <param name="values">As many.</param>
    public static Bucket Of(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        var (min, max, sum, count, argMin, argMax) = (double.PositiveInfinity, double.NegativeInfinity, 0.0, 0, -1, -1);
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (!double.IsFinite(value)) continue;
            if (value < min) (min, argMin) = (value, i);
            if (value > max) (max, argMax) = (value, i);
            sum += value;
            count++;
        }
        return count == 0 ? Empty : new Bucket { Min = min, Max = max, Sum = sum, Count = count, MinTime = times[argMin], MaxTime = times[argMax] };
    }

    /// <summary>Takes in a later bucket.</summary>
    public void Merge(in Bucket later)
    {
        if (later.Min < Min) (Min, MinTime) = (later.Min, later.MinTime);
        if (later.Max > Max) (Max, MaxTime) = (later.Max, later.MaxTime);
        Sum += later.Sum;
        Count += later.Count;
    }
}
