namespace Weir.Engine.Rollups;

/// <summary>What values come to, but for their quantiles. One kernel for stream and batch: values are added in the order of their times.</summary>
internal struct RollupState
{
    public long Count;
    public double Sum;
    public double Min;
    public double Max;
    public double First;
    public double Last;

    public static readonly RollupState Empty = new() { Min = double.NaN, Max = double.NaN, First = double.NaN, Last = double.NaN };

    /// <summary>Takes in values; NaN and infinities are left out.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        var (count, sum, min, max, first, last) = (Count, Sum, Min, Max, First, Last);
        foreach (var value in values)
        {
            if (!double.IsFinite(value)) continue;
            if (count++ == 0) (first, min, max) = (value, value, value);
            sum += value;
            if (value < min) min = value;
            if (value > max) max = value;
            last = value;
        }
        (Count, Sum, Min, Max, First, Last) = (count, sum, min, max, first, last);
    }

    /// <summary>Takes in what later values came to.</summary>
    public void Add(in RollupState later)
    {
        if (later.Count == 0) return;
        if (Count == 0) (First, Min, Max) = (later.First, later.Min, later.Max);
        Count += later.Count;
        Sum += later.Sum;
        if (later.Min < Min) Min = later.Min;
        if (later.Max > Max) Max = later.Max;
        Last = later.Last;
    }
}
