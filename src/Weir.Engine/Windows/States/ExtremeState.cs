namespace Weir.Engine.Windows.States;

/// <summary>The smallest or the largest value.</summary>
internal sealed class ExtremeState(bool isMax) : AggregateState
{
    private double _extreme = double.NaN;

    public override long Bytes => 32;

    public override void Add(double value, double previous) => Take(value);

    public override void Merge(AggregateState later)
    {
        var other = ((ExtremeState)later)._extreme;
        if (!double.IsNaN(other)) Take(other);
    }

    public override void Clear() => _extreme = double.NaN;

    public override double Result(double seconds) => _extreme;

    private void Take(double value) =>
        _extreme = double.IsNaN(_extreme) ? value : isMax ? Math.Max(_extreme, value) : Math.Min(_extreme, value);
}
