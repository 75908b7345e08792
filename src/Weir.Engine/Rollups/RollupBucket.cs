using Weir.Engine.Sketches;

namespace Weir.Engine.Rollups;

/// <summary>What the points of one minute, hour or day came to. NaN and infinities are left out.</summary>
public sealed class RollupBucket
{
    private const long BytesOfObject = 80;

    private readonly CompactSketch _sketch;

    internal RollupBucket(long start, in RollupState state, CompactSketch sketch)
    {
        Start = start;
        (Count, Sum, Min, Max, First, Last) = (state.Count, state.Sum, state.Min, state.Max, state.First, state.Last);
        _sketch = sketch;
    }

    /// <summary>Where it begins, in Unix nanoseconds.</summary>
    public long Start { get; }

    /// <summary>How many values were finite.</summary>
    public long Count { get; }

    public double Sum { get; }

    /// <summary>The smallest value; NaN when there is none.</summary>
    public double Min { get; }

    /// <summary>The largest value; NaN when there is none.</summary>
    public double Max { get; }

    /// <summary>The earliest value; NaN when there is none.</summary>
    public double First { get; }

    /// <summary>The latest value; NaN when there is none.</summary>
    public double Last { get; }

    /// <summary>Sum by count; NaN when there is no value.</summary>
    public double Average => Count == 0 ? double.NaN : Sum / Count;

    internal long Bytes => BytesOfObject + _sketch.Bytes;

    /// <summary>
    /// Any quantile, to the relative error of <see cref="RollupOptions.RelativeError"/>, or a larger one that <see cref="ToSketch"/> tells where values spread over
    /// more than 4,096 buckets (with the default, 19 decades); NaN when there is no value.
    /// </summary>
    /// <param name="q">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part lies outside 0..1.</exception>
    public double Quantile(double q)
    {
        var sketch = CompactSketch.Scratch(_sketch.Precision);
        MergeInto(sketch);
        return sketch.Quantile(q);
    }

    /// <summary>The distribution of the values, as a sketch of its own.</summary>
    public QuantileSketch ToSketch()
    {
        if (Count == 0) return new QuantileSketch();
        var sketch = QuantileSketch.AtPrecision(_sketch.Precision);
        MergeInto(sketch);
        return sketch;
    }

    /// <summary>Neighbours, in order, in one: hours from minutes, days from hours.</summary>
    internal static RollupBucket Merge(long start, ReadOnlySpan<RollupBucket> parts)
    {
        if (parts.Length == 1) return new RollupBucket(start, StateOf(parts[0]), parts[0]._sketch);
        var precision = 0;
        foreach (var part in parts) precision = Math.Max(precision, part._sketch.Precision);
        var (state, sketch) = (RollupState.Empty, CompactSketch.Scratch(precision));
        foreach (var part in parts)
        {
            state.Add(StateOf(part));
            part.MergeInto(sketch);
        }
        return new RollupBucket(start, state, CompactSketch.Of(sketch));
    }

    internal void MergeInto(QuantileSketch sketch) => _sketch.MergeInto(sketch, Sum, Min, Max);

    private static RollupState StateOf(RollupBucket bucket) => new()
    {
        Count = bucket.Count, Sum = bucket.Sum, Min = bucket.Min, Max = bucket.Max, First = bucket.First, Last = bucket.Last,
    };
}
