using System.Runtime.InteropServices;
using Weir.Engine.Queries.Syntax;
using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Engine.Queries.Evaluation;

internal sealed partial class Evaluator
{
    private readonly List<long> _times = [];
    private readonly List<double> _values = [];

    /// <summary>At each step the newest point of the lookback before it, <c>(t − lookback, t]</c>; a gap (NaN) ends a series, as a stale marker does.</summary>
    /// <param name="selector">Which series.</param>
    /// <param name="wantsTimes">Whether the value is the time of the point, in Unix seconds.</param>
    private List<StepSeries> Select(VectorSelector selector, bool wantsTimes = false)
    {
        var vector = new List<StepSeries>();
        foreach (var (labels, snapshot) in context.Selected(selector.Matchers, selector.Position))
        {
            var column = Cost.NewColumn(steps.Length, selector.Position);
            if (ReadNewest(snapshot, selector, column, wantsTimes)) vector.Add(new StepSeries(labels, column));
        }
        return vector;
    }

    private bool ReadNewest(SeriesSnapshot snapshot, VectorSelector selector, double[] column, bool wantsTimes)
    {
        // A search a step costs as much as reading some sixteen points in order.
        const int pointsPerSearch = 16;
        var (lookback, isAny) = (context.Options.Lookback.Nanoseconds, false);
        var isRead = snapshot.Count <= (long)steps.Length * pointsPerSearch;
        var (times, values) = isRead
            ? Read(snapshot, QueryContext.Before(context.TimeOf(selector.Shift, steps[0]), lookback), context.TimeOf(selector.Shift, steps[^1]), selector.Position, keepGaps: true)
            : default;
        if (!isRead) Cost.ChargePoints(steps.Length, selector.Position);
        var next = 0;
        for (var i = 0; i < steps.Length; i++)
        {
            var step = context.TimeOf(selector.Shift, steps[i]);
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
            var isThere = !double.IsNaN(value) && at > QueryContext.Before(step, lookback);
            column[i] = !isThere ? Absent.Value : wantsTimes ? UnixTime.ToSeconds(at) : value;
            isAny |= isThere;
        }
        return isAny;
    }

    /// <summary>The points that any step may look at; those of an instant are what its range holds.</summary>
    public List<RangeSeries> Range(RangeExpression range)
    {
        var after = QueryContext.Before(context.TimeOf(range.Shift, steps[0]), range.Range);
        var through = context.TimeOf(range.Shift, steps[^1]);
        return range is Subquery subquery ? Computed(subquery, after, through) : Select((RangeSelector)range, after, through);
    }

    private List<RangeSeries> Select(RangeSelector range, long after, long through)
    {
        var selected = new List<RangeSeries>();
        foreach (var (labels, snapshot) in context.Selected(range.Matchers, range.Position))
        {
            var (times, values) = Read(snapshot, after, through, range.Position, keepGaps: false);
            if (times.Length > 0) selected.Add(new RangeSeries(labels, times.ToArray(), values.ToArray()));
        }
        return selected;
    }

    private List<RangeSeries> Computed(Subquery subquery, long after, long through)
    {
        // In 128 bits, since a range may reach beyond the first and last time there is.
        var first = Int128.CreateChecked(after / subquery.Step) * subquery.Step;
        while (first <= after) first += subquery.Step;
        if (first > through) return [];
        var count = (long)((through - first) / subquery.Step) + 1;
        Cost.ChargeValues(count, subquery.Position);
        var times = new long[count];
        for (var i = 0; i < times.Length; i++) times[i] = (long)first + i * subquery.Step;

        var computed = new List<RangeSeries>();
        foreach (var series in new Evaluator(context, times).Vector(subquery.Operand))
        {
            var there = Enumerable.Range(0, times.Length).Where(i => !Absent.Is(series.Values[i])).ToArray();
            if (there.Length > 0) computed.Add(new RangeSeries(series.Labels, Array.ConvertAll(there, i => times[i]), Array.ConvertAll(there, i => series.Values[i])));
        }
        return computed;
    }

    /// <summary>Points with <c>after &lt; time ≤ through</c>, until the next are read: one pair of lists serves all series.</summary>
    private PointSpans Read(SeriesSnapshot snapshot, long after, long through, int position, bool keepGaps)
    {
        _times.Clear();
        _values.Clear();
        var left = Cost.PointsLeft;
        if (through > after) snapshot.Read(after + 1, through == long.MaxValue ? through : through + 1, _times, _values, left + 1);
        Cost.ChargePoints(_times.Count, position);
        var times = CollectionsMarshal.AsSpan(_times);
        var values = CollectionsMarshal.AsSpan(_values);
        if (keepGaps) return new(times, values);
        var kept = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i])) continue;
            (times[kept], values[kept++]) = (times[i], values[i]);
        }
        return new(times[..kept], values[..kept]);
    }

    private readonly ref struct PointSpans(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        public readonly ReadOnlySpan<long> Times = times;
        public readonly ReadOnlySpan<double> Values = values;

        public void Deconstruct(out ReadOnlySpan<long> times, out ReadOnlySpan<double> values)
        {
            times = Times;
            values = Values;
        }
    }
}
