using Weir.Engine.Queries.Syntax;
using Weir.Engine.Series;

namespace Weir.Engine.Queries.Evaluation;

internal sealed partial class Evaluator
{
    /// <summary>At each step the newest point of the lookback before it, <c>(t − lookback, t]</c>; a gap (NaN) ends a series, as a stale marker does.</summary>
    private List<StepSeries> Select(VectorSelector selector)
    {
        var vector = new List<StepSeries>();
        foreach (var (labels, snapshot) in Selected(selector))
        {
            var column = _cost.NewColumn(steps.Length, selector.Position);
            if (ReadNewest(snapshot, selector, column)) vector.Add(new StepSeries(labels, column));
        }
        return vector;
    }

    private bool ReadNewest(SeriesSnapshot snapshot, VectorSelector selector, double[] column)
    {
        // A search a step costs as much as reading some sixteen points in order.
        const int pointsPerSearch = 16;
        var (lookback, isAny) = (options.Lookback.Nanoseconds, false);
        var isRead = snapshot.Count <= (long)steps.Length * pointsPerSearch;
        var (times, values) = isRead ? Read(snapshot, Before(steps[0], selector.Offset + lookback), Before(steps[^1], selector.Offset), selector.Position, keepGaps: true) : ([], []);
        if (!isRead) _cost.ChargePoints(steps.Length, selector.Position);
        var next = 0;
        for (var i = 0; i < steps.Length; i++)
        {
            var step = Before(steps[i], selector.Offset);
            var (at, value) = (long.MinValue, double.NaN);
            if (isRead)
            {
                while (next < times.Length && times[next] <= step) next++;
                if (next > 0) (at, value) = (times[next - 1], values[next - 1]);
            }
            else
            {
                snapshot.TryReadAt(step, out at, out value);
            }
            var isThere = !double.IsNaN(value) && at > Before(step, lookback);
            column[i] = isThere ? value : Absent.Value;
            isAny |= isThere;
        }
        return isAny;
    }

    private List<RangeSeries> Select(RangeSelector range)
    {
        var selected = new List<RangeSeries>();
        foreach (var (labels, snapshot) in Selected(range.Selector))
        {
            var (times, values) = Read(
                snapshot, Before(steps[0], range.Selector.Offset + range.Range), Before(steps[^1], range.Selector.Offset), range.Position, keepGaps: false);
            if (times.Length > 0) selected.Add(new RangeSeries(labels, times, values));
        }
        return selected;
    }

    /// <summary>The points of an instant range query as they are.</summary>
    public List<RangeSeries> Range(RangeSelector range)
    {
        var selected = Select(range);
        _cost.ChargeValues(selected.Sum(series => (long)series.Times.Length), range.Position);
        return selected;
    }

    private IEnumerable<(QueryLabels Labels, SeriesSnapshot Snapshot)> Selected(VectorSelector selector)
    {
        var count = 0;
        foreach (var series in catalog.All)
        {
            if (!Array.TrueForAll(selector.Matchers, matcher => matcher.Matches(series.Key))) continue;
            if (++count > options.SeriesMax) throw Error(selector.Position, $"The selector picks more than {options.SeriesMax} series; add matchers.");
            if (!_snapshots.TryGetValue(series, out var snapshot)) _snapshots.Add(series, snapshot = series.Snapshot);
            yield return (QueryLabels.Of(series.Key), snapshot);
        }
    }

    /// <summary>Points with <c>after &lt; time ≤ through</c>.</summary>
    private (long[] Times, double[] Values) Read(SeriesSnapshot snapshot, long after, long through, int position, bool keepGaps)
    {
        var (times, values) = (new List<long>(), new List<double>());
        var left = _cost.PointsLeft;
        if (through > after) snapshot.Read(after + 1, through == long.MaxValue ? through : through + 1, times, values, left + 1);
        _cost.ChargePoints(times.Count, position);
        if (keepGaps || !values.Exists(double.IsNaN)) return (times.ToArray(), values.ToArray());
        var kept = Enumerable.Range(0, times.Count).Where(i => !double.IsNaN(values[i])).ToArray();
        return (Array.ConvertAll(kept, i => times[i]), Array.ConvertAll(kept, i => values[i]));
    }

    /// <summary>A time so much earlier, or as early as there is.</summary>
    private static long Before(long time, long duration) => (long)Int128.Clamp((Int128)time - duration, long.MinValue, long.MaxValue);
}
