using Weir.Engine.Access;
using Weir.Engine.Queries.Evaluation;
using Weir.Engine.Queries.Syntax;
using Weir.Engine.Series;

namespace Weir.Engine.Queries.Live;

/// <summary>
/// An expression that is kept up to date as time moves. Each refresh evaluates the steps that are new and those that changed inputs reach, and no others;
/// what it holds then equals the answer of <see cref="QueryEngine.Range"/> for the same steps. Not safe for several threads at once.
/// </summary>
public sealed class LiveQuery
{
    private readonly ReadableSeries _readable;
    private readonly QueryOptions _options;
    private readonly Expression? _expression;
    private readonly LiveInputs? _inputs;
    private readonly LabelMemo _memo = new();
    private readonly Dictionary<QueryLabels, LiveOutput> _byLabels = [];
    private readonly List<LiveOutput> _outputs = [];
    private long _first;
    private long _last = -1;
    private int _capacity;
    private int _numbered;

    /// <param name="readable">The series.</param>
    /// <param name="query">An expression that is a scalar or a vector; one that cannot be read sets <see cref="Error"/>.</param>
    /// <param name="step">Nanoseconds, positive.</param>
    /// <param name="options">What one refresh may cost.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive.</exception>
    public LiveQuery(ReadableSeries readable, string query, long step, QueryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(readable);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        (_readable, Query, Step, _options) = (readable, query, step, options ?? new QueryOptions());
        try
        {
            var expression = Parser.Parse(query);
            if (expression.Type is not (ExpressionType.Vector or ExpressionType.Scalar)) throw new QueryException(query, expression.Position, QueryEngine.NoSteps);
            (_expression, _inputs) = (expression, new LiveInputs(readable, expression, _options));
        }
        catch (QueryException e)
        {
            Error = e;
        }
    }

    /// <summary>Reads every series.</summary>
    /// <param name="catalog">The series.</param>
    /// <param name="query">An expression that is a scalar or a vector; one that cannot be read sets <see cref="Error"/>.</param>
    /// <param name="step">Nanoseconds, positive.</param>
    /// <param name="options">What one refresh may cost.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive.</exception>
    public LiveQuery(SeriesCatalog catalog, string query, long step, QueryOptions? options = null) : this(catalog.ReadableBy(AccessScope.Everything), query, step, options)
    {
    }

    public string Query { get; }

    /// <summary>Nanoseconds from one step to the next; step n is at n times as many, in Unix nanoseconds.</summary>
    public long Step { get; }

    /// <summary>Why there are no values: the query cannot be read (for good), or the last refresh failed (the next tries again); else null.</summary>
    public QueryException? Error { get; private set; }

    /// <summary>The series that have a value at some step, in the order they first had one. One that has none any more leaves.</summary>
    public IReadOnlyList<LiveOutput> Outputs => _outputs;

    /// <summary>Steps evaluated since the beginning.</summary>
    public long StepsEvaluated { get; private set; }

    /// <summary>The series it reads, as of the last refresh.</summary>
    internal IEnumerable<TimeSeries> Inputs => _inputs?.Series ?? [];

    internal bool Holds(long step) => step >= _first && step <= _last;

    /// <summary>Brings steps up to date; those outside are let go.</summary>
    /// <param name="from">Number of the first step: its time in Unix nanoseconds, divided by <see cref="Step"/>.</param>
    /// <param name="to">Number of the last step, not before the first.</param>
    /// <param name="cancellation">Ends it early; the next refresh evaluates all steps.</param>
    /// <returns>The earliest step that is new or has other values than before; null when there is none, or an <see cref="Error"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The steps end before they begin, are too many or beyond the times there are.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public long? Refresh(long from, long to, CancellationToken cancellation = default)
    {
        if (to < from || (Int128)to - from > _options.StepsMax) throw new ArgumentOutOfRangeException(nameof(to), to, $"Steps {from} to {to} were asked for; 1 to {_options.StepsMax + 1} steps are allowed, the last not before the first.");
        if (from < long.MinValue / Step || to > long.MaxValue / Step) throw new ArgumentOutOfRangeException(nameof(from), from, "The steps lie beyond the times there are, the years 1678 to 2261.");
        if (_expression is null) return null;
        var (isDone, hadSteps, before) = (false, Error is null && _last >= _first, (First: _first, Last: _last));
        try
        {
            var spans = Stale(_inputs!.Update(), from, to, hadSteps);
            MakeRoom(from, to);
            long? changed = null;
            foreach (var (first, last) in spans)
            {
                if (first <= last && Evaluate(first, last, from, to, cancellation) is { } at && (changed is null || at < changed)) changed = at;
            }
            _outputs.RemoveAll(output => output.LastStep < from && _byLabels.Remove(output.Labels));
            (isDone, Error) = (true, null);
            var isNewAtStart = !hadSteps || from < before.First || from > before.Last;
            var firstNew = isNewAtStart ? from : to > before.Last ? before.Last + 1 : (long?)null;
            return changed is null || firstNew < changed ? firstNew ?? changed : changed;
        }
        catch (QueryException e)
        {
            Error = e;
            return null;
        }
        finally
        {
            _inputs!.Release();
            if (!isDone) Clear();
        }
    }

    /// <summary>The steps to evaluate: at most two runs of them.</summary>
    private (long First, long Last)[] Stale(LiveChange change, long from, long to, bool hadSteps)
    {
        var isTied = _inputs!.IsTiedToRange && (change != LiveChange.None || from != _first || to != _last);
        if (!hadSteps || isTied || from > _last || to < _first) return [(from, to)];
        var low = (Int128)_first - 1;
        if (change.Through >= (Int128)from * Step) low = Int128.Max(low, FloorOf(change.Through));
        var high = (Int128)_last + 1;
        if (change.From <= (Int128)_last * Step) high = Int128.Min(high, -FloorOf(-change.From));
        var (lowEnd, highBegin) = ((long)Int128.Min(low, to), (long)Int128.Clamp(high, from, (Int128)to + 1));
        return highBegin <= lowEnd + 1 ? [(from, to)] : [(from, lowEnd), (highBegin, to)];
    }

    private Int128 FloorOf(Int128 time) => time <= -Int128.MaxValue || time == Int128.MaxValue ? time : time >= 0 ? time / Step : (time - Step + 1) / Step;

    private void MakeRoom(long from, long to)
    {
        var (first, last) = (Math.Max(_first, from), Math.Min(_last, to));
        var capacity = LiveOutput.CapacityOf(to - from + 1);
        // Room that was once needed stays until it is four times too large.
        if (_capacity < capacity || _capacity > 4 * capacity) _capacity = capacity;
        foreach (var output in _outputs) output.Resize(_capacity, first, last);
        (_first, _last) = (from, to);
    }

    /// <summary>Evaluates a run of steps; returns the first that has other values than before.</summary>
    private long? Evaluate(long first, long last, long from, long to, CancellationToken cancellation)
    {
        var steps = new long[last - first + 1];
        for (var i = 0; i < steps.Length; i++) steps[i] = (first + i) * Step;
        StepsEvaluated += steps.Length;
        var context = new QueryContext(Query, _readable, _options, from * Step, to * Step, cancellation) { Inputs = _inputs, Memo = _memo };
        var evaluator = new Evaluator(context, steps);
        var vector = _expression!.Type == ExpressionType.Scalar ? [new StepSeries(QueryLabels.None, evaluator.Scalar(_expression))] : evaluator.Vector(_expression);
        foreach (var output in _outputs) output.IsTouched = false;
        long? changed = null;
        foreach (var series in vector)
        {
            if (OutputOf(series) is not { } output) continue;
            output.IsTouched = true;
            for (var i = 0; i < steps.Length; i++) Set(output, first + i, series.Values[i]);
        }
        foreach (var output in _outputs)
        {
            if (output.IsTouched) continue;
            for (var step = first; step <= last; step++) Set(output, step, Absent.Value);
        }
        return changed;

        void Set(LiveOutput output, long step, double value)
        {
            if (output.Set(step, value) && (changed is null || step < changed)) changed = step;
        }
    }

    private LiveOutput? OutputOf(StepSeries series)
    {
        if (_byLabels.TryGetValue(series.Labels, out var output)) return output;
        if (Array.TrueForAll(series.Values, Absent.Is)) return null;
        if ((_outputs.Count + 1L) * _capacity > _options.ValuesMax)
        {
            throw new QueryException(Query, _expression!.Position, $"The query gives more than {_outputs.Count} series of {_capacity} steps: more than {_options.ValuesMax} values. Aggregate, or show a shorter time.") { IsExecution = true };
        }
        output = new LiveOutput(this, _numbered++, series.Labels);
        output.Resize(_capacity, 0, -1);
        _byLabels.Add(series.Labels, output);
        _outputs.Add(output);
        return output;
    }

    private void Clear()
    {
        _outputs.Clear();
        _byLabels.Clear();
        (_first, _last) = (0, -1);
    }
}
