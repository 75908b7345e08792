namespace Weir.Engine.Windows.States;

/// <summary>
/// Sum, average, count and rate. A rate is a sum as well: of each value's rise over the one before it, which is the same whichever window
/// or pane the value is looked at from.
/// </summary>
internal sealed class SumState(Aggregation aggregation) : AggregateState
{
    private readonly ExactSum _sum = new();
    private long _count;

    public override bool IsInvertible => true;

    public override long Bytes => 40 + _sum.Bytes;

    public override void Add(double value, double previous)
    {
        _count++;
        if (aggregation == Aggregation.Count) return;
        if (aggregation != Aggregation.Rate) _sum.Add(value);
        else if (!double.IsNaN(previous)) AddRise(value, previous);
    }

    public override void Merge(AggregateState later)
    {
        var other = (SumState)later;
        _count += other._count;
        _sum.Add(other._sum);
    }

    public override void Subtract(AggregateState earliest)
    {
        var other = (SumState)earliest;
        _count -= other._count;
        _sum.Subtract(other._sum);
    }

    public override void Clear()
    {
        _count = 0;
        _sum.Clear();
    }

    public override double Result(double seconds) => aggregation switch
    {
        Aggregation.Count => _count,
        _ when _count == 0 => double.NaN,
        Aggregation.Avg => _sum.ToDouble() / _count,
        Aggregation.Rate => _sum.ToDouble() / seconds,
        _ => _sum.ToDouble(),
    };

    /// <summary>A fall is a restart at zero. The rise of two exact values is added as the two, since their difference may need rounding or overflow.</summary>
    private void AddRise(double value, double previous)
    {
        _sum.Add(value);
        if (value >= previous) _sum.Subtract(previous);
    }
}
