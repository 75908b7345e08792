using System.Runtime.ExceptionServices;
using Weir.Engine.History;
using Weir.Engine.Queries;
using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Engine.Views;

/// <summary>
/// An expression, evaluated at each column as time goes on. What it comes to is kept in series of the view's own, so that frames, catching up
/// and corrections are those of any other columns. It is evaluated away from the loop that refreshes views: one evaluation at a time, and the
/// loop takes what is there.
/// </summary>
internal sealed class ExpressionView : ColumnsView
{
    /// <summary>What one evaluation may cost; a fraction of what a query of its own may.</summary>
    public static readonly QueryOptions Cost = new() { SeriesMax = 10_000, PointsMax = 10_000_000, ValuesMax = 1_000_000 };

    /// <summary>Evaluations come no closer than this.</summary>
    public static readonly TimeSpan IntervalMin = TimeSpan.FromMilliseconds(250);

    /// <summary>Points that came a little late still count: so far back steps are evaluated again.</summary>
    public const long SettleNanoseconds = 2 * UnixTime.NanosecondsPerSecond;

    private readonly IStepEvaluation _evaluation;
    private readonly Action<Action> _background;
    private readonly TimeProvider _time;
    private readonly SeriesKey _key = new("expression");
    private readonly Dictionary<QueryLabels, Output> _outputs = [];
    private readonly string _expression;
    private volatile Answer? _answer;
    private bool _isEvaluating;
    private long _evaluatedAt;
    private long _next = long.MinValue;

    public ExpressionView(uint id, ViewKey key, IStepEvaluation evaluation, Action<Action> background, TimeProvider time, ulong offset)
        : base(id, key, offset, MemoryHistory.OfPoints) => (_evaluation, _background, _time, _expression) = (evaluation, background, time, key.Selectors);

    protected override void UpdateSlots(long now)
    {
        if (_answer is { } answer)
        {
            (_answer, _isEvaluating) = (null, false);
            Take(answer);
        }
        if (_isEvaluating || (_next != long.MinValue && _time.GetElapsedTime(_evaluatedAt) < IntervalMin)) return;
        var start = Key.StartAt(now) / Key.Step;
        var last = Math.Min(now, Key.End == long.MaxValue ? now : Key.End - 1) / Key.Step;
        var settling = Math.Max(1, SettleNanoseconds / Key.Step);
        var first = _next == long.MinValue ? start : Math.Max(start, _next - settling);
        if (last < first || (Key.From is not null && _next > last && (last + settling) * Key.Step < now)) return;
        (_isEvaluating, _evaluatedAt, _next) = (true, _time.GetTimestamp(), last + 1);
        _background(() => Evaluate(first, last));
        if (_answer is not null) UpdateSlots(now);
    }

    /// <summary>On another thread. Whatever happens ends in an answer.</summary>
    private void Evaluate(long first, long last)
    {
        try
        {
            _answer = new Answer(first, last, _evaluation.Evaluate(first, last), null);
        }
        catch (Exception e)
        {
            _answer = new Answer(first, last, [], e);
        }
    }

    private void Take(Answer answer)
    {
        switch (answer.Error)
        {
            case null:
                Failure = null;
                break;
            case QueryException or ArgumentException:
                Failure = answer.Error.Message;
                return;
            default:
                ExceptionDispatchInfo.Throw(answer.Error);
                break;
        }
        foreach (var output in _outputs.Values) output.IsPresent = false;
        foreach (var series in answer.Series)
        {
            if (!_outputs.TryGetValue(series.Labels, out var output))
            {
                if (Slots.Count == SlotsMax)
                {
                    SlotsRefused++;
                    continue;
                }
                output = new Output(new TimeSeries(Slots.Count, _key, SeriesKind.Gauge));
                _outputs.Add(series.Labels, output);
                var labels = series.Labels.WithoutName().All.ToArray();
                var name = series.Labels[SeriesKey.NameLabel];
                Slots.Add(new ViewSlot(Slots.Count, output.Series, name.Length > 0 ? name : labels.Length > 0 ? "" : _expression, labels));
            }
            output.IsPresent = true;
            output.Merge(series, answer.First, answer.Last, Key.Step);
        }
        // A series that the expression gives no more ends with a gap.
        foreach (var output in _outputs.Values)
        {
            if (!output.IsPresent) output.Merge(null, answer.First, answer.Last, Key.Step);
            output.Trim((int)Math.Min(QueryStepsKept, Key.Length / Key.Step + 1));
        }
    }

    private const int QueryStepsKept = 2 * 8192;

    private sealed record Answer(long First, long Last, IReadOnlyList<QuerySeries> Series, Exception? Error);

    /// <summary>One series that the expression gives.</summary>
    private sealed class Output(TimeSeries series)
    {
        private readonly SortedDictionary<long, double> _settling = [];

        public TimeSeries Series => series;

        public bool IsPresent { get; set; }

        /// <summary>Takes what is new or came out otherwise than before; a step without a value is a gap where there was one before it.</summary>
        public void Merge(QuerySeries? given, long first, long last, long step)
        {
            var (at, taken) = (0, false);
            for (var number = first; number <= last; number++)
            {
                var value = double.NaN;
                if (given is not null && at < given.Times.Count && given.Times[at] == number * step) value = given.Values[at++];
                if (_settling.TryGetValue(number, out var known) ? known.Equals(value) : double.IsNaN(value) && EndsInGap(number)) continue;
                _settling[number] = value;
                series.Take(number * step, value);
                taken = true;
            }
            while (_settling.Count > SettlingMax) _settling.Remove(_settling.First().Key);
            if (taken) series.EndRound(lateness: long.MaxValue / 4);
        }

        public void Trim(int pointsMin)
        {
            while (series.EvictOldest(pointsMin) > 0)
            {
            }
        }

        private bool EndsInGap(long number)
        {
            foreach (var (step, value) in _settling.Reverse())
            {
                if (step < number) return double.IsNaN(value);
            }
            return true;
        }

        /// <summary>Steps whose values are held against what comes out of them the next time.</summary>
        private const int SettlingMax = 4096;
    }
}
