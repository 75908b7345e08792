using Weir.Engine.Sketches;

namespace Weir.Engine.Windows.States;

/// <summary>
/// A quantile, within the relative error of the sketch. Buckets are counts, which merge and subtract exactly in whatever order, so panes give what the points
/// would; how far the values reach cannot be subtracted and is told by <see cref="TakeReach"/>.
/// </summary>
internal sealed class QuantileState(double quantile) : AggregateState
{
    private readonly QuantileSketch _sketch = new();
    private Reach _reach;

    public override bool IsInvertible => true;

    /// <summary>80 bytes of this object, 200 of the sketch and 24 for either array of counts; and the counts.</summary>
    public override long Bytes => 80 + 200 + 2 * 24 + _sketch.Bytes;

    /// <summary>How far the values reach; they are all there.</summary>
    public Reach Close() => _reach = _sketch.Reach();

    public override void Add(double value, double previous) => _sketch.Add(value);

    public override void Merge(AggregateState later) => _sketch.Merge(((QuantileState)later)._sketch);

    /// <summary>Takes a closed state away and leaves the extremes as they were: <see cref="TakeReach"/> is to follow.</summary>
    public override void Subtract(AggregateState earliest)
    {
        var closed = (QuantileState)earliest;
        _sketch.Subtract(closed._sketch, closed._reach.Positive, closed._reach.Negative);
    }

    /// <summary>Takes the extremes of what is left. False when it would have finer buckets by now, and is to be merged anew.</summary>
    public bool TakeReach(in Reach left)
    {
        if (_sketch.CouldBeFiner(left)) return false;
        _sketch.TakeExtremes(left);
        return true;
    }

    public override void Clear() => _sketch.Clear();

    public override double Result(double seconds) => _sketch.Quantile(quantile);
}
