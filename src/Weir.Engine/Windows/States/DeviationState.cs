namespace Weir.Engine.Windows.States;

/// <summary>
/// Standard deviation of the population, from exact sums of values and squares. Nothing cancels, however large the values are
/// beside their spread: n·Σx² − (Σx)² is an integer here and is rounded once.
/// </summary>
internal sealed class DeviationState : AggregateState
{
    private readonly ExactSum _sum = new();
    private readonly ExactSum _squares = new();
    private long _count;

    public override bool IsInvertible => true;

    public override void Add(double value, double previous)
    {
        _count++;
        _sum.Add(value);
        _squares.AddSquare(value);
    }

    public override void Merge(AggregateState later)
    {
        var other = (DeviationState)later;
        _count += other._count;
        _sum.Add(other._sum);
        _squares.Add(other._squares);
    }

    public override void Subtract(AggregateState earliest)
    {
        var other = (DeviationState)earliest;
        _count -= other._count;
        _sum.Subtract(other._sum);
        _squares.Subtract(other._squares);
    }

    public override void Clear()
    {
        _count = 0;
        _sum.Clear();
        _squares.Clear();
    }

    public override double Result(double seconds)
    {
        if (_count == 0) return double.NaN;
        var sum = _sum.ToInteger();
        var variance = _count * _squares.ToInteger() - sum * sum;
        // The leading 62 or 63 bits are plenty for a root of 53; an even shift halves under it.
        var shift = Math.Max(0, (int)variance.GetBitLength() - 62) & ~1;
        var root = Math.Sqrt((double)(long)(variance >> shift));
        return Math.ScaleB(root / _count, shift / 2 + ExactSum.LowestExponent);
    }
}
