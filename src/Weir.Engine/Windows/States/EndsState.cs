namespace Weir.Engine.Windows.States;

/// <summary>First, last and what lies between them.</summary>
internal sealed class EndsState(Aggregation aggregation) : AggregateState
{
    private double _first = double.NaN;
    private double _last = double.NaN;

    public override long Bytes => 40;

    public override void Add(double value, double previous)
    {
        if (double.IsNaN(_first)) _first = value;
        _last = value;
    }

    public override void Merge(AggregateState later)
    {
        var other = (EndsState)later;
        if (double.IsNaN(other._first)) return;
        if (double.IsNaN(_first)) _first = other._first;
        _last = other._last;
    }

    public override void Clear() => (_first, _last) = (double.NaN, double.NaN);

    public override double Result(double seconds) => aggregation switch
    {
        Aggregation.First => _first,
        Aggregation.Last => _last,
        _ => _last - _first,
    };
}
