namespace Weir.Engine.Windows.States;

internal sealed class QuantileState(double quantile) : AggregateState
{
    private readonly List<double> _values = [];

    public override void Add(double value, double previous) => _values.Add(value);

    public override void Merge(AggregateState later) => _values.AddRange(((QuantileState)later)._values);

    public override void Clear() => _values.Clear();

    public override double Result(double seconds)
    {
        if (_values.Count == 0) return double.NaN;
        var sorted = _values.Order().ToArray();
        return sorted[(int)(quantile * (sorted.Length - 1))];
    }
}
