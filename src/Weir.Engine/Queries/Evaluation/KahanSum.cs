namespace Weir.Engine.Queries.Evaluation;

/// <summary>A sum that keeps what rounding loses (Neumaier 1974); infinities and NaN go through as in a plain sum.</summary>
internal struct KahanSum
{
    private double _sum;
    private double _lost;

    public readonly double Value => double.IsFinite(_sum) ? _sum + _lost : _sum;

    public void Add(double value)
    {
        var sum = _sum + value;
        if (double.IsFinite(sum)) _lost += Math.Abs(_sum) >= Math.Abs(value) ? _sum - sum + value : value - sum + _sum;
        _sum = sum;
    }
}
