namespace Weir.Engine.Windows.States;

/// <summary>
/// What a run of points leaves behind to answer one aggregation. A pane has one, a window is one, and a batch adds all points to a new one: one
/// kernel for all. NaN and infinities are left out.
/// </summary>
internal abstract class AggregateState
{
    /// <summary>Whether <see cref="Subtract"/> takes back exactly what <see cref="Merge"/> added. Others go over two stacks.</summary>
    public virtual bool IsInvertible => false;

    /// <summary>Bytes it takes on the heap.</summary>
    public abstract long Bytes { get; }

    /// <param name="value">The value; finite.</param>
    /// <param name="previous">The last finite value before it, in this run or earlier; NaN when there is none.</param>
    public abstract void Add(double value, double previous);

    /// <summary>Appends the run of another state of the same making, whose points come later.</summary>
    public abstract void Merge(AggregateState later);

    /// <summary>Takes the oldest part of the run away.</summary>
    public virtual void Subtract(AggregateState earliest) => throw new NotSupportedException("This state cannot be taken apart.");

    public abstract void Clear();

    /// <summary>The aggregation over the run; NaN (a count 0) when it holds no finite value.</summary>
    /// <param name="seconds">Length of the window, for rates.</param>
    public abstract double Result(double seconds);

    /// <summary>How to make states for an aggregation. Decided once, so that adding a point asks nothing.</summary>
    public static Func<AggregateState> MakerFor(WindowSpec spec) => spec.Aggregation switch
    {
        Aggregation.Sum or Aggregation.Avg or Aggregation.Count or Aggregation.Rate => () => new SumState(spec.Aggregation),
        Aggregation.StdDev => () => new DeviationState(),
        Aggregation.Min or Aggregation.Max => () => new ExtremeState(spec.Aggregation == Aggregation.Max),
        Aggregation.First or Aggregation.Last or Aggregation.Delta => () => new EndsState(spec.Aggregation),
        Aggregation.Distinct => () => new DistinctState(),
        _ => () => new QuantileState(spec.Quantile),
    };
}
