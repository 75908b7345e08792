using Weir.Engine.Access;
using Weir.Engine.Queries.Live;
using Weir.Engine.Queries.Syntax;
using Weir.Engine.Series;

namespace Weir.Engine.Queries.Evaluation;

/// <summary>What all parts of a query share, its subqueries included: every series is read from one snapshot, however often the query names it.</summary>
/// <param name="query">The text, for messages.</param>
/// <param name="readable">The series.</param>
/// <param name="options">What it may cost.</param>
/// <param name="start">The first step asked for.</param>
/// <param name="end">The last step asked for.</param>
/// <param name="cancellation">Ends it early.</param>
internal sealed class QueryContext(string query, ReadableSeries readable, QueryOptions options, long start, long end, CancellationToken cancellation)
{
    private readonly Dictionary<TimeSeries, SeriesSnapshot> _snapshots = [];

    public QueryOptions Options => options;

    /// <summary>The series of a live query, selected before; null where each selector goes through the catalog.</summary>
    public LiveInputs? Inputs { get; init; }

    /// <summary>Warnings of one query; more are left out.</summary>
    public const int WarningsMax = 10;

    public SortedSet<string> Warnings { get; } = new(StringComparer.Ordinal);

    public LabelMemo Memo { get; init; } = new();

    public QueryCost Cost { get; } = new(query, options, cancellation);

    public IEnumerable<(QueryLabels Labels, SeriesSnapshot Snapshot)> Selected(LabelMatcher[] matchers, int position) =>
        Inputs is null ? Searched(matchers, position) : Inputs.Of(matchers) ?? throw TooMany(position);

    private IEnumerable<(QueryLabels Labels, SeriesSnapshot Snapshot)> Searched(LabelMatcher[] matchers, int position)
    {
        var picked = 0;
        foreach (var series in readable.All)
        {
            if (!Array.TrueForAll(matchers, matcher => Matches(matcher, series.Key))) continue;
            if (++picked > options.SeriesMax) throw TooMany(position);
            if (!_snapshots.TryGetValue(series, out var snapshot)) _snapshots.Add(series, snapshot = series.Snapshot);
            yield return (QueryLabels.Of(series.Key), snapshot);
        }
    }

    /// <summary>The time that a selector looks at for a step.</summary>
    public long TimeOf(TimeShift shift, long step)
    {
        var anchor = shift.Anchor switch { Anchor.Time => shift.Time, Anchor.Start => start, Anchor.End => end, _ => step };
        return Before(anchor, shift.Offset);
    }

    /// <summary>A time so much earlier, or as early as there is.</summary>
    public static long Before(long time, long duration) => (long)Int128.Clamp((Int128)time - duration, long.MinValue, long.MaxValue);

    private bool Matches(LabelMatcher matcher, SeriesKey key)
    {
        // Each time: it costs a nanosecond, and one regular expression may take milliseconds.
        cancellation.ThrowIfCancellationRequested();
        return matcher.Matches(key);
    }

    private QueryException TooMany(int position) => Error(position, $"The selector picks more than {options.SeriesMax} series; add matchers.");

    /// <summary>Notes what is most likely a mistake, once for a place.</summary>
    public void Warn(int position, string message)
    {
        if (Warnings.Count < WarningsMax) Warnings.Add($"{message} ({QueryException.Place(query, position)})");
    }

    public QueryException Error(int position, string message) => new(query, position, message) { IsExecution = true };
}
