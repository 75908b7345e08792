namespace Weir.Engine.Queries;

/// <summary>What an expression is, in Prometheus' words.</summary>
public enum QueryResultKind
{
    Scalar,

    /// <summary>Series with one value each: an instant vector.</summary>
    Vector,

    /// <summary>Series with values over time.</summary>
    Matrix,

    /// <summary>A string.</summary>
    Text,
}

/// <summary>The answer to a query. A scalar is one series without labels.</summary>
public sealed record QueryResult(QueryResultKind Kind, IReadOnlyList<QuerySeries> Series, string? Text = null)
{
    /// <summary>What is most likely a mistake and no error, each with its line and column.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Points looked at, of <see cref="QueryOptions.PointsMax"/>.</summary>
    public long PointsRead { get; init; }

    /// <summary>Values computed, of <see cref="QueryOptions.ValuesMax"/>.</summary>
    public long ValuesComputed { get; init; }
}

/// <summary>One series of an answer; steps at which it has no value are left out.</summary>
/// <param name="Labels">The name, as <c>__name__</c>, where the expression keeps it, and the labels.</param>
/// <param name="Times">Unix nanoseconds, rising.</param>
/// <param name="Values">As many as times; NaN is a value here, such as that of 0/0.</param>
public sealed record QuerySeries(QueryLabels Labels, IReadOnlyList<long> Times, IReadOnlyList<double> Values);
