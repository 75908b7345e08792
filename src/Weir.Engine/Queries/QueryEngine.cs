using Weir.Engine.Access;
using Weir.Engine.Queries.Evaluation;
using Weir.Engine.Queries.Syntax;
using Weir.Engine.Series;

namespace Weir.Engine.Queries;

/// <summary>
/// Answers queries in a subset of PromQL over the series of an engine, with Prometheus' semantics: ranges and lookback are open at their start
/// (as since Prometheus 3), rates are extrapolated, a gap (NaN) ends a series. What is supported is in docs/queries.md.
/// </summary>
/// <param name="readable">The series.</param>
/// <param name="options">What one query may cost.</param>
public sealed class QueryEngine(ReadableSeries readable, QueryOptions? options = null)
{
    internal const string NoSteps = "Over a range of time only a scalar or a vector can be computed; this is a range or a string.";

    /// <summary>Reads every series.</summary>
    /// <param name="catalog">The series.</param>
    /// <param name="options">What one query may cost.</param>
    public QueryEngine(SeriesCatalog catalog, QueryOptions? options = null) : this(catalog.ReadableBy(AccessScope.Everything), options)
    {
    }

    /// <summary>Checks that a query can be read and has values over a range of time, without evaluating it.</summary>
    /// <exception cref="QueryException">It cannot, or has none; the message says where and why.</exception>
    public static void Check(string query)
    {
        var expression = Parser.Parse(query);
        if (expression.Type is not (ExpressionType.Vector or ExpressionType.Scalar)) throw new QueryException(query, expression.Position, NoSteps);
    }

    /// <summary>
    /// Whether what a widget or a viewer asks for is an expression to evaluate, rather than a <see cref="Selector"/> of series. A selector is one word
    /// with or without label matchers: <c>a-b</c> and <c>disk/0</c> are names. All else that can be read as an expression is one: <c>a - b</c>,
    /// <c>sum(a)</c>, <c>1+a</c>. So is what has parentheses or brackets in place of a name and cannot be read; <see cref="Check"/> says why.
    /// </summary>
    public static bool IsExpression(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (Selector.IsWord(query)) return false;
        try
        {
            _ = Parser.Parse(query);
            return true;
        }
        catch (QueryException)
        {
            return Selector.NameIn(query).ContainsAny("()[]");
        }
    }

    public QueryOptions Options { get; } = options ?? new QueryOptions();

    /// <summary>The value at one time.</summary>
    /// <param name="query">An expression; a range selector such as <c>cpu[5m]</c> gives its points.</param>
    /// <param name="time">Unix nanoseconds.</param>
    /// <param name="cancellation">Ends the query early.</param>
    /// <exception cref="QueryException">The query cannot be read, or its limit is reached.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public QueryResult Instant(string query, long time, CancellationToken cancellation = default)
    {
        var expression = Parser.Parse(query);
        var context = new QueryContext(query, readable, Options, time, time, cancellation);
        var evaluator = new Evaluator(context, [time]);
        QueryResult result;
        switch (expression)
        {
            case TextLiteral text:
                result = new(QueryResultKind.Text, [], text.Value);
                break;
            case RangeExpression range:
                var points = evaluator.Range(range);
                context.Cost.ChargeValues(points.Sum(series => (long)series.Times.Length), range.Position);
                result = new(QueryResultKind.Matrix, Sorted(points.ConvertAll(series => new QuerySeries(series.Labels, series.Times, series.Values))));
                break;
            case { Type: ExpressionType.Scalar }:
                result = new(QueryResultKind.Scalar, [new QuerySeries(QueryLabels.None, [time], evaluator.Scalar(expression))]);
                break;
            default:
                var vector = Present(evaluator.Vector(expression), [time]);
                result = new(QueryResultKind.Vector, IsOrdered(expression) ? vector : Sorted(vector));
                break;
        }
        return Told(result, context);
    }

    /// <summary>The values at <paramref name="start"/>, and each <paramref name="step"/> later up to <paramref name="end"/>.</summary>
    /// <param name="query">An expression that is a scalar or a vector.</param>
    /// <param name="start">Unix nanoseconds.</param>
    /// <param name="end">Not before the start.</param>
    /// <param name="step">Nanoseconds, positive.</param>
    /// <param name="cancellation">Ends the query early.</param>
    /// <exception cref="ArgumentException">The end lies before the start, the step is not positive, or there would be too many steps.</exception>
    /// <exception cref="QueryException">The query cannot be read, or its limit is reached.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public QueryResult Range(string query, long start, long end, long step, CancellationToken cancellation = default)
    {
        var steps = Steps(start, end, step);
        var expression = Parser.Parse(query);
        var context = new QueryContext(query, readable, Options, start, end, cancellation);
        var evaluator = new Evaluator(context, steps);
        return Told(new(QueryResultKind.Matrix, expression.Type switch
        {
            ExpressionType.Vector => Sorted(Present(evaluator.Vector(expression), steps)),
            ExpressionType.Scalar => [new QuerySeries(QueryLabels.None, steps, evaluator.Scalar(expression))],
            _ => throw new QueryException(query, expression.Position, NoSteps),
        }), context);
    }

    /// <summary>The series that any of the selectors picks and that hold a point in a range of time; oldest first.</summary>
    /// <param name="selectors">Such as <c>up{job="api"}</c> or <c>{"system.cpu"}</c>; none picks all series.</param>
    /// <param name="from">Unix nanoseconds; null for no limit. Series without any point are there where both ends are null.</param>
    /// <param name="to">Unix nanoseconds, inclusive; null for no limit.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="QueryException">A selector cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<TimeSeries> Find(IEnumerable<string> selectors, long? from = null, long? to = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(selectors);
        var parsed = selectors.Select(Parser.ParseSelector).ToArray();
        var found = new List<TimeSeries>();
        foreach (var series in readable.All)
        {
            cancellation.ThrowIfCancellationRequested();
            var isPicked = parsed.Length == 0 || Array.Exists(parsed, matchers => Array.TrueForAll(matchers, matcher => matcher.Matches(series.Key)));
            if (isPicked && ((from is null && to is null) || HasPoint(series.Snapshot, from ?? long.MinValue, to ?? long.MaxValue))) found.Add(series);
        }
        return found;
    }

    private static bool HasPoint(SeriesSnapshot snapshot, long from, long to) =>
        snapshot.SegmentCount > 0 && (from <= snapshot.FirstTime ? snapshot.FirstTime : snapshot.TimeAfter(from - 1)) <= to && from <= snapshot.LastTime;

    /// <summary>Whether an instant is in the order that the expression asks for.</summary>
    private static bool IsOrdered(Expression expression) =>
        expression is Aggregate { Operator: "topk" or "bottomk" } or Call { Function.Name: "sort" or "sort_desc" };

    private static List<QuerySeries> Sorted(List<QuerySeries> series)
    {
        series.Sort(static (a, b) => QueryLabels.Order.Compare(a.Labels, b.Labels));
        return series;
    }

    private static QueryResult Told(QueryResult result, QueryContext context) =>
        result with { Warnings = [.. context.Warnings], PointsRead = context.Cost.Points, ValuesComputed = context.Cost.Values };

    private long[] Steps(long start, long end, long step)
    {
        if (step <= 0) throw new ArgumentException($"A step of {step} ns was given; it is positive.");
        if (end < start) throw new ArgumentException("\"end\" lies before \"start\".");
        var count = ((Int128)end - start) / step;
        if (count > Options.StepsMax)
        {
            throw new ArgumentException($"The range has {count} steps; at most {Options.StepsMax} are allowed. Widen \"step\" or narrow the range.");
        }
        var steps = new long[(int)count + 1];
        for (var i = 0; i < steps.Length; i++) steps[i] = start + i * step;
        return steps;
    }

    private static List<QuerySeries> Present(List<StepSeries> vector, long[] steps)
    {
        var present = new List<QuerySeries>(vector.Count);
        foreach (var series in vector)
        {
            var count = series.Values.Count(value => !Absent.Is(value));
            if (count == 0) continue;
            if (count == steps.Length)
            {
                present.Add(new QuerySeries(series.Labels, steps, series.Values));
                continue;
            }
            var (times, values) = (new long[count], new double[count]);
            var n = 0;
            for (var i = 0; i < steps.Length; i++)
            {
                if (Absent.Is(series.Values[i])) continue;
                (times[n], values[n++]) = (steps[i], series.Values[i]);
            }
            present.Add(new QuerySeries(series.Labels, times, values));
        }
        return present;
    }
}
