namespace Weir.Engine.Downsampling;

/// <summary>One pixel column of a series: its first, smallest, largest and last point. Times are Unix nanoseconds.</summary>
public struct Column
{
    /// <summary>Which column: <c>floor(time / step)</c>.</summary>
    public long Number;

    public long FirstTime;
    public long MinTime;
    public long MaxTime;
    public long LastTime;

    /// <summary>Value of the first point; NaN when that point is a gap.</summary>
    public double First;

    /// <summary>Smallest finite value; NaN when there is none.</summary>
    public double Min;

    /// <summary>Largest finite value; NaN when there is none.</summary>
    public double Max;

    /// <summary>Value of the last point; NaN when that point is a gap.</summary>
    public double Last;

    /// <summary>Whether a part of it comes from rollup buckets, since its points have been let go: then only values are exact, not when they came.</summary>
    public bool IsRollup;
}

/// <summary>Pixel columns in rising order, those without a point left out. Made to be used again and again.</summary>
public sealed class Columns
{
    private Column[] _items = new Column[64];

    public int Count { get; private set; }

    public ReadOnlySpan<Column> Items => _items.AsSpan(0, Count);

    public void Clear() => Count = 0;

    /// <summary>Adds a later run of points: to the newest column when it is the same, else as a new one.</summary>
    internal void Add(in Column run)
    {
        if (Count > 0 && _items[Count - 1].Number == run.Number)
        {
            ref var newest = ref _items[Count - 1];
            (newest.LastTime, newest.Last) = (run.LastTime, run.Last);
            newest.IsRollup |= run.IsRollup;
            if (!(newest.Min <= run.Min) && !double.IsNaN(run.Min)) (newest.Min, newest.MinTime) = (run.Min, run.MinTime);
            if (!(newest.Max >= run.Max) && !double.IsNaN(run.Max)) (newest.Max, newest.MaxTime) = (run.Max, run.MaxTime);
            return;
        }
        if (Count == _items.Length) Array.Resize(ref _items, Count * 2);
        _items[Count++] = run;
    }
}
