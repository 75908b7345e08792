using System.Collections.Concurrent;
using Weir.Engine.Access;
using Weir.Engine.Queries;
using Weir.Engine.Queries.Live;
using Weir.Engine.Series;
using Weir.Engine.Windows;

namespace Weir.Engine.Views;

/// <summary>
/// What an expression comes to at each column. A <see cref="LiveQuery"/> evaluates it away from the loop that refreshes views, one evaluation at a
/// time; the values go into series of its own, so that frames, catching up and corrections are those of any other columns.
/// </summary>
internal sealed class ExpressionSeries : SlotSource, IRoundObserver
{
    /// <summary>What one evaluation may cost; a fraction of what a query of its own may.</summary>
    public static readonly QueryOptions Cost = new() { SeriesMax = 10_000, PointsMax = 10_000_000, ValuesMax = 1_000_000 };

    /// <summary>Evaluations come no closer than this.</summary>
    public static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(250);

    /// <summary>An evaluation is followed by a pause of so many times what it took, so that one expression takes a fifth of a core at most.</summary>
    public const int PauseFactor = 4;

    /// <summary>The pause after a first failure; each further one doubles it.</summary>
    public static readonly TimeSpan RetryMin = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(30);

    private readonly ReadableSeries _readable;
    private readonly RoundObservers _rounds;
    private readonly EvaluationQueue _evaluations;
    private readonly TimeProvider _time;
    private readonly Action<Exception> _failed;
    private readonly LiveQuery _query;
    private readonly Dictionary<QueryLabels, ExpressionOutput> _outputs = [];
    private readonly ConcurrentQueue<ExpressionOutput> _joined = new();
    private readonly HashSet<TimeSeries> _inputs = [];
    private readonly List<IDisposable> _observations = [];
    private readonly Lock _ending = new();
    private volatile bool _isEvaluating;
    private volatile bool _isStale = true;
    private volatile string? _failure;
    private volatile int _refused;
    private TimeSpan _pause;
    private TimeSpan _retry = RetryMin;
    private long _evaluatedAt;
    private long _catalogSeen = -1;
    private long _to = long.MinValue;
    private bool _isOver;

    /// <param name="engine">Whose rounds it follows.</param>
    /// <param name="readable">The series that it reads.</param>
    /// <param name="expression">What it comes to is shown.</param>
    /// <param name="step">Nanoseconds.</param>
    /// <param name="evaluations">Where evaluations wait for their turn.</param>
    /// <param name="failed">Hears of what is no fault of the expression.</param>
    /// <exception cref="QueryException">The expression cannot be read, or has no values at steps.</exception>
    public ExpressionSeries(TimeSeriesEngine engine, ReadableSeries readable, string expression, long step, EvaluationQueue evaluations, Action<Exception> failed)
    {
        (_readable, _rounds, _time, _evaluations, _failed) = (readable, engine.Rounds, engine.Time, evaluations, failed);
        _query = new LiveQuery(readable, expression, step, Cost);
        if (_query.Error is { } error) throw error;
    }

    public override string? Failure => _failure;

    public override int Refused => _refused;

    /// <summary>Evaluations that were begun.</summary>
    public long Evaluations { get; private set; }

    public override bool IsDue(ColumnsView view, long now)
    {
        if (_isEvaluating) return false;
        var (from, to) = StepsOf(view, now);
        if (to < from || (!_isStale && _catalogSeen == _readable.Version && to == _to)) return false;
        return Evaluations == 0 || _time.GetElapsedTime(_evaluatedAt) >= _pause;
    }

    public override void Update(ColumnsView view, long now)
    {
        if (IsDue(view, now))
        {
            var (from, to) = StepsOf(view, now);
            (_isEvaluating, _isStale, _to, _catalogSeen) = (true, false, to, _readable.Version);
            Evaluations++;
            _evaluations.Add(() => Evaluate(view, from, to));
        }
        while (_joined.TryDequeue(out var output))
        {
            var (labels, name) = (output.Labels.WithoutName().All.ToArray(), output.Labels[SeriesKey.NameLabel]);
            var isNamed = name.Length > 0 || (labels.Length > 0 && view.Sources.Count == 1);
            view.TryAdd(output.Series, isNamed ? name : _query.Query, labels);
        }
    }

    /// <summary>On the engine's loop: a series that the expression reads has changed.</summary>
    public void OnRound(Round round) => _isStale = true;

    public override void Dispose()
    {
        lock (_ending)
        {
            _isOver = true;
            foreach (var observation in _observations) observation.Dispose();
            _observations.Clear();
        }
        base.Dispose();
    }

    private static (long From, long To) StepsOf(ColumnsView view, long now)
    {
        var step = view.Key.Step;
        var last = Math.Min(now, view.Key.From is null ? now : view.Key.End - 1);
        return (view.Key.StartAt(now) / step, Tumbling.StartOf(last, step) / step);
    }

    /// <summary>On another thread. It throws nothing.</summary>
    private void Evaluate(ColumnsView view, long from, long to)
    {
        var began = _time.GetTimestamp();
        try
        {
            var changed = _query.Refresh(from, to);
            if (_query.Error is { } error)
            {
                Fail(error.Message);
            }
            else
            {
                Observe();
                if (changed is { } first) Merge(first, to, pointsMin: to - from + 1);
                (_failure, _retry) = (null, RetryMin);
                var took = _time.GetElapsedTime(began) * PauseFactor;
                _pause = took > PauseMin ? took : PauseMin;
            }
        }
        catch (Exception e)
        {
            _failed(e);
            Fail($"The expression could not be evaluated: {e.Message}");
        }
        _evaluatedAt = _time.GetTimestamp();
        _isEvaluating = false;
        view.Touch();
    }

    /// <summary>What failed is evaluated again after a while, all steps of it.</summary>
    private void Fail(string message)
    {
        (_failure, _pause, _isStale) = (message, _retry, true);
        _retry = _retry * 2 < RetryMax ? _retry * 2 : RetryMax;
    }

    private void Observe()
    {
        var anyLeft = _inputs.RemoveWhere(series => series.HasLeft) > 0;
        var joined = _query.Inputs.Where(_inputs.Add).ToArray();
        if (joined.Length == 0 && !anyLeft) return;
        lock (_ending)
        {
            // What left would be held by the observation that it was a part of.
            if (anyLeft)
            {
                foreach (var observation in _observations) observation.Dispose();
                _observations.Clear();
                joined = [.. _inputs];
            }
            if (!_isOver) _observations.Add(_rounds.Observe(this, joined));
        }
        // A round may have come between the reading of these series and now.
        _isStale = true;
    }

    private void Merge(long first, long last, long pointsMin)
    {
        var refused = 0;
        foreach (var given in _query.Outputs)
        {
            if (_outputs.TryGetValue(given.Labels, out var output))
            {
                output.Given = given;
            }
            else if (_outputs.Count == ColumnsView.SlotsMax)
            {
                refused++;
            }
            else
            {
                output = new ExpressionOutput(_outputs.Count, given.Labels, _query.Step) { Given = given };
                _outputs.Add(given.Labels, output);
                _joined.Enqueue(output);
            }
        }
        _refused = refused;
        foreach (var output in _outputs.Values) output.Merge(first, last, pointsMin);
    }
}
