using Weir.Engine.Sketches;

namespace Weir.Engine.Windows.States;

/// <summary>A quantile, within the relative error of the sketch. Merging is exact in whatever order, so panes give what the points would.</summary>
internal sealed class QuantileState(double quantile) : AggregateState
{
    private readonly QuantileSketch _sketch = new();

    public override void Add(double value, double previous) => _sketch.Add(value);

    public override void Merge(AggregateState later) => _sketch.Merge(((QuantileState)later)._sketch);

    public override void Clear() => _sketch.Clear();

    public override double Result(double seconds) => _sketch.Quantile(quantile);
}
