namespace Weir.Engine.Ladders;

/// <summary>
/// What a run of points comes to: extremes with their places, sum and number of its finite values. NaN and infinities are left out,
/// so an all-gap run has <see cref="Count"/> 0, <see cref="Min"/> +∞ and <see cref="Max"/> −∞.
/// </summary>
internal struct Bucket
{
    public double Min;
    public double Max;
    public double Sum;

    /// <summary>How many values were finite.</summary>
    public int Count;

    /// <summary>Where the smallest value is: position in the chunk, or in a ladder of chunks the chunk's index. The first, if several are equal.</summary>
    public int ArgMin;

    public int ArgMax;

    public static readonly Bucket Empty = new() { Min = double.PositiveInfinity, Max = double.NegativeInfinity };

    /// <summary>Takes in values that stand at <paramref name="position"/> and after.</summary>
    public void Add(ReadOnlySpan<double> values, int position)
    {
        if (values.Length < FiniteScan.LengthMin) AddPlainly(values, position);
        else FiniteScan.Add(ref this, values, position);
    }

    /// <summary>The plain twin: looks at one value after the other.</summary>
    public void AddPlainly(ReadOnlySpan<double> values, int position)
    {
        var (min, max, sum, count, argMin, argMax) = (Min, Max, Sum, Count, ArgMin, ArgMax);
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (!double.IsFinite(value)) continue;
            if (value < min) (min, argMin) = (value, position + i);
            if (value > max) (max, argMax) = (value, position + i);
            sum += value;
            count++;
        }
        (Min, Max, Sum, Count, ArgMin, ArgMax) = (min, max, sum, count, argMin, argMax);
    }

    /// <summary>Takes in a later bucket whose places mean the same as this one's.</summary>
    public void Merge(in Bucket later)
    {
        if (later.Min < Min) (Min, ArgMin) = (later.Min, later.ArgMin);
        if (later.Max > Max) (Max, ArgMax) = (later.Max, later.ArgMax);
        Sum += later.Sum;
        Count += later.Count;
    }
}
