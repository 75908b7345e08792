using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Engine.Queries;

/// <summary>What one query may cost. Past a limit it ends with a <see cref="QueryException"/> that names it.</summary>
public sealed record QueryOptions
{
    /// <summary>Characters of a query.</summary>
    public const int LengthMax = 64 << 10;

    /// <summary>How deep expressions may lie in one another; a chain of operators (<c>a + b + c</c>) is one level, however long.</summary>
    public const int DepthMax = 128;

    /// <summary>Characters of a label that a query makes, as of those of series.</summary>
    public const int LabelLengthMax = SeriesKey.LabelValueLengthMax;

    /// <summary>Step of a subquery that names none, as Prometheus' evaluation interval is.</summary>
    public static readonly Duration SubqueryStep = "1m";

    /// <summary>How old the newest point before a step may be to count for it, as in Prometheus.</summary>
    public Duration Lookback { get; init; } = Duration.FromTimeSpan(TimeSpan.FromMinutes(5));

    /// <summary>Steps of a range after the first, as in Prometheus.</summary>
    public int StepsMax { get; init; } = 11_000;

    /// <summary>Series that one selector may pick.</summary>
    public int SeriesMax { get; init; } = 10_000;

    /// <summary>Points looked at: a point counts again for each step whose range holds it.</summary>
    public long PointsMax { get; init; } = 100_000_000;

    /// <summary>Values computed, all parts of the expression together, and points that a range selector gives as they are: 8 and 16 bytes each. Four characters of a label that the query makes count as one value.</summary>
    public long ValuesMax { get; init; } = 10_000_000;
}
