namespace Weir.Engine.Queries.Evaluation;

/// <summary>What a query has used so far, against what it may. Ends it as well when it is cancelled.</summary>
internal sealed class QueryCost(string query, QueryOptions options, CancellationToken cancellation)
{
    private long _points;
    private long _values;

    public long Points => _points;

    public long Values => _values;

    public void ChargePoints(long count, int position)
    {
        cancellation.ThrowIfCancellationRequested();
        _points += count;
        if (_points <= options.PointsMax) return;
        throw new QueryException(query, position, $"The query looks at more than {options.PointsMax} points. Narrow the selector or the range, or widen the step.")
        {
            IsExecution = true,
        };
    }

    /// <summary>What one series more may still read.</summary>
    public int PointsLeft => (int)Math.Min(int.MaxValue - 1, options.PointsMax - _points);

    public void ChargeValues(long count, int position)
    {
        cancellation.ThrowIfCancellationRequested();
        _values += count;
        if (_values <= options.ValuesMax) return;
        throw new QueryException(query, position, $"The query computes more than {options.ValuesMax} values. Select fewer series, or widen the step.")
        {
            IsExecution = true,
        };
    }

    /// <summary>A column for one series.</summary>
    public double[] NewColumn(int steps, int position)
    {
        ChargeValues(steps, position);
        return new double[steps];
    }
}
