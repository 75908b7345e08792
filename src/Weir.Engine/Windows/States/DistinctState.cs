namespace Weir.Engine.Windows.States;

/// <summary>
/// How many different values: exact up to <see cref="DistinctCount.ExactMax"/>, beyond it an estimate.
/// </summary>
internal sealed class DistinctState : AggregateState
{
    private readonly DistinctCount _values = new();

    public DistinctCount Values => _values;

    public override long Bytes => 24 + _values.Bytes;

    public override void Add(double value, double previous) => _values.Add(value);

    public override void Merge(AggregateState later) => _values.Merge(((DistinctState)later)._values);

    public override void Clear() => _values.Clear();

    public override double Result(double seconds) => _values.Count;
}
