using Weir.Engine.Access;
using Weir.Engine.Queries.Syntax;
using Weir.Engine.Series;

namespace Weir.Engine.Queries.Live;

/// <summary>
/// The series that a live query reads. They are selected when the catalog's version moves; between that, one comparison a series tells whether it changed.
/// </summary>
internal sealed class LiveInputs
{
    private readonly ReadableSeries _readable;
    private readonly int _seriesMax;
    private readonly List<Selected> _selectors = [];
    private readonly Dictionary<LabelMatcher[], Selected> _byMatchers = new(ReferenceEqualityComparer.Instance);
    private readonly bool _isTiedToRange;
    private List<Input> _inputs = [];
    private long _version = -1;

    public LiveInputs(ReadableSeries readable, Expression expression, QueryOptions options)
    {
        (_readable, _seriesMax) = (readable, options.SeriesMax);
        foreach (var (matchers, reach) in Reach.Of(expression, options.Lookback.Nanoseconds, out _isTiedToRange)) _selectors.Add(_byMatchers[matchers] = new Selected(matchers, reach));
    }

    /// <summary>Whether each step depends on which steps are asked for.</summary>
    public bool IsTiedToRange => _isTiedToRange;

    public IEnumerable<TimeSeries> Series => _inputs.Select(input => input.Series);

    /// <summary>What a selector of the expression picks, or null where it picks more than it may.</summary>
    public IEnumerable<(QueryLabels Labels, SeriesSnapshot Snapshot)>? Of(LabelMatcher[] matchers)
    {
        var selected = _byMatchers[matchers];
        return selected.IsTooMany ? null : selected.Inputs.Select(input => (input.Labels, input.Snapshot!));
    }

    /// <summary>Takes a snapshot of every series; tells which steps it changes.</summary>
    public LiveChange Update()
    {
        var change = LiveChange.None;
        var version = _readable.Version;
        if (version != _version)
        {
            Select();
            // A series that is gone takes its points with it.
            if (_inputs.RemoveAll(input => !input.IsSelected) > 0) change = LiveChange.All;
            _version = version;
        }
        foreach (var input in _inputs) input.Update();
        foreach (var selected in _selectors)
        {
            foreach (var input in selected.Inputs) change = input.IsChanged ? change.With(input, selected.Reach) : change;
        }
        return change;
    }

    /// <summary>Lets the snapshots go: they would keep points alive that the engine has evicted.</summary>
    public void Release()
    {
        foreach (var input in _inputs) input.Snapshot = null;
    }

    private void Select()
    {
        var known = _inputs.ToDictionary(input => input.Series);
        foreach (var input in _inputs) input.IsSelected = false;
        foreach (var selected in _selectors) selected.Inputs.Clear();
        foreach (var selected in _selectors)
        {
            selected.IsTooMany = false;
            foreach (var series in _readable.All)
            {
                if (!Array.TrueForAll(selected.Matchers, matcher => matcher.Matches(series.Key))) continue;
                if (selected.Inputs.Count == _seriesMax)
                {
                    selected.IsTooMany = true;
                    break;
                }
                if (!known.TryGetValue(series, out var input)) known.Add(series, input = new Input(series));
                input.IsSelected = true;
                selected.Inputs.Add(input);
            }
        }
        _inputs = [.. known.Values];
    }

    private sealed class Selected(LabelMatcher[] matchers, Reach reach)
    {
        public LabelMatcher[] Matchers { get; } = matchers;

        public Reach Reach { get; } = reach;

        public List<Input> Inputs { get; } = [];

        public bool IsTooMany { get; set; }
    }

    /// <summary>One series, and what of it the last update saw.</summary>
    internal sealed class Input(TimeSeries series)
    {
        private long _version = -1;
        private long _last = long.MinValue;
        private long _first = long.MaxValue;

        public TimeSeries Series { get; } = series;

        public QueryLabels Labels { get; } = QueryLabels.Of(series.Key);

        public bool IsSelected { get; set; }

        public SeriesSnapshot? Snapshot { get; set; }

        public bool IsChanged { get; private set; }

        /// <summary>Earliest time at which the series holds something else than before; the largest long when none.</summary>
        public long ChangedFrom { get; private set; }

        /// <summary>Points before this time are gone; the smallest long when none went.</summary>
        public long GoneBefore { get; private set; }

        /// <summary>Time of the first of them.</summary>
        public long GoneFrom { get; private set; }

        public void Update()
        {
            Snapshot = Series.Snapshot;
            IsChanged = Snapshot.Version != _version || Snapshot.FirstTime != _first;
            if (!IsChanged) return;
            ChangedFrom = Math.Min(_version < 0 ? long.MaxValue : Snapshot.CorrectedSince(_version), Snapshot.TimeAfter(_last));
            (GoneFrom, GoneBefore) = (_first, Snapshot.FirstTime > _first ? Snapshot.FirstTime : long.MinValue);
            (_version, _first, _last) = (Snapshot.Version, Snapshot.FirstTime, Snapshot.LastTime);
        }
    }
}
