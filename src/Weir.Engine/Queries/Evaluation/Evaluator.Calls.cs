using Weir.Engine.Queries.Syntax;
using Weir.Engine.Time;

namespace Weir.Engine.Queries.Evaluation;

internal sealed partial class Evaluator
{
    private double[] ScalarCall(Call call)
    {
        if (call.Function.Name == "time") return Times();
        if (call.Function.Name == "pi") return Constant(Math.PI, call.Position);
        // scalar(): the value of the only series there is; NaN of none or several.
        var vector = Vector(call.Arguments[0]);
        var column = Constant(double.NaN, call.Position);
        for (var i = 0; i < column.Length; i++)
        {
            var there = vector.Where(series => !Absent.Is(series.Values[i])).Take(2).ToArray();
            if (there.Length == 1) column[i] = there[0].Values[i];
        }
        return column;
    }

    /// <summary>The steps in Unix seconds.</summary>
    private double[] Times() => Array.ConvertAll(steps, UnixTime.ToSeconds);

    private List<StepSeries> VectorCall(Call call)
    {
        var arguments = call.Arguments;
        switch (call.Function.Name)
        {
            case "vector":
                return [new StepSeries(QueryLabels.None, Scalar(arguments[0]))];
            case "absent":
                return [new StepSeries(AbsentLabels((arguments[0] as VectorSelector)?.Matchers), AbsentColumn(Vector(arguments[0]), call.Position))];
            case "absent_over_time":
                return [new StepSeries(AbsentLabels((arguments[0] as RangeSelector)?.Matchers), AbsentColumn(OverTime(call, static (in _) => 1), call.Position))];
            case "timestamp":
                if (arguments[0] is VectorSelector selector) return Unnamed(Select(selector, wantsTimes: true), call.Position, static series => series.Values);
                var times = Times();
                return Unnamed(Vector(arguments[0]), call.Position, series => Column(call.Position, series.Values, times, static (_, time) => time));
            case "sort" or "sort_desc":
                // Over a range each step would sort otherwise; Prometheus leaves the order alone there as well.
                return steps.Length == 1 ? Sorted(Vector(arguments[0]), call.Function.Name == "sort" ? 1 : -1) : Vector(arguments[0]);
            case "label_replace":
                return Relabelled(call);
            case "label_join":
                return LabelsJoined(call);
            case "histogram_quantile":
                return HistogramQuantiles(call);
        }
        return Array.Exists(arguments, argument => argument.Type == ExpressionType.Range)
            ? Joined(OverTime(call, RangeFunctions.Of(call.Function.Name)), call.Position)
            : OfValues(call);
    }

    /// <summary>A function of each value and, at the same step, of scalars.</summary>
    private List<StepSeries> OfValues(Call call)
    {
        var scalars = call.Arguments.Skip(1).Select(Scalar).ToArray();
        var compute = PointFunctions.Of(call.Function.Name);
        var given = new double[scalars.Length];
        // Functions of the calendar are of the step itself where nothing else is given.
        var vector = call.Arguments.Length > 0 ? Vector(call.Arguments[0]) : [new StepSeries(QueryLabels.None, Times())];
        return Unnamed(vector, call.Position, series =>
        {
            var column = Cost.NewColumn(steps.Length, call.Position);
            for (var i = 0; i < column.Length; i++)
            {
                for (var s = 0; s < given.Length; s++) given[s] = scalars[s][i];
                column[i] = Absent.Is(series.Values[i]) ? Absent.Value : compute(series.Values[i], given);
            }
            return column;
        });
    }

    /// <summary>A function of the points of the range before each step, <c>(t − range, t]</c>.</summary>
    private List<StepSeries> OverTime(Call call, RangeFunctions.RangeFunction compute)
    {
        var range = (RangeExpression)Array.Find(call.Arguments, argument => argument.Type == ExpressionType.Range)!;
        var parameter = Array.Find(call.Arguments, argument => argument.Type == ExpressionType.Scalar) is { } scalar
            ? call.Function.Name == "quantile_over_time" ? Quantile(scalar) : Scalar(scalar)
            : null;
        var results = new List<StepSeries>();
        if (range is RangeSelector selector)
        {
            var after = QueryContext.Before(context.TimeOf(range.Shift, steps[0]), range.Range);
            var through = context.TimeOf(range.Shift, steps[^1]);
            foreach (var (labels, snapshot) in context.Selected(selector.Matchers, selector.Position))
            {
                var (times, values) = Read(snapshot, after, through, selector.Position, keepGaps: false);
                if (times.Length > 0) results.Add(OverTime(call, range, compute, labels, times, values, parameter));
            }
            return results;
        }
        foreach (var series in Range(range)) results.Add(OverTime(call, range, compute, series.Labels, series.Times, series.Values, parameter));
        return results;
    }

    private StepSeries OverTime(
        Call call, RangeExpression range, RangeFunctions.RangeFunction compute, QueryLabels labels, ReadOnlySpan<long> times, ReadOnlySpan<double> values, double[]? parameter)
    {
        var column = Cost.NewColumn(steps.Length, call.Position);
        var (from, to) = (0, 0);
        for (var i = 0; i < column.Length; i++)
        {
            var end = context.TimeOf(range.Shift, steps[i]);
            var start = QueryContext.Before(end, range.Range);
            while (to < times.Length && times[to] <= end) to++;
            while (from < to && times[from] <= start) from++;
            Cost.ChargePoints(to - from, call.Position);
            var points = new RangePoints(times[from..to], values[from..to], start, end, steps[i], parameter?[i] ?? double.NaN);
            column[i] = from == to ? Absent.Value : compute(points);
        }
        return new StepSeries(call.Function.Name == "last_over_time" ? labels : labels.WithoutName(), column);
    }

    private double[] AbsentColumn(List<StepSeries> vector, int position)
    {
        var column = Constant(1, position);
        foreach (var series in vector)
        {
            for (var i = 0; i < column.Length; i++)
            {
                if (!Absent.Is(series.Values[i])) column[i] = Absent.Value;
            }
        }
        return column;
    }

    private double Bound(QueryLabels labels, int position)
    {
        var bound = HistogramQuantile.Bound(labels["le"]);
        if (double.IsNaN(bound)) context.Warn(position, $"PromQL warning: the label \"le\" of {labels} is no number: this is no bucket of a histogram");
        return bound;
    }

    /// <summary>Quantiles lie between 0 and 1; others are answered with infinity, and told.</summary>
    private double[] Quantile(Expression expression)
    {
        var quantile = Scalar(expression);
        foreach (var value in quantile)
        {
            if (!(value is >= 0 and <= 1)) context.Warn(expression.Position, $"PromQL warning: quantile value should be between 0 and 1, got {NumberText.Of(value)}");
        }
        return quantile;
    }

    private List<StepSeries> HistogramQuantiles(Call call)
    {
        var quantile = Quantile(call.Arguments[0]);
        var buckets = from series in Vector(call.Arguments[1])
                      let bound = Bound(series.Labels, call.Arguments[1].Position)
                      where !double.IsNaN(bound)
                      orderby bound
                      group (bound, series.Values) by context.Memo.Get(call, series.Labels, static (_, labels) => labels.Without(["le"]));
        var results = new List<StepSeries>();
        foreach (var group in buckets)
        {
            var rising = group.ToArray();
            var there = new (double Bound, double Count)[rising.Length];
            var column = Cost.NewColumn(steps.Length, call.Position);
            for (var i = 0; i < column.Length; i++)
            {
                var count = 0;
                foreach (var (bound, values) in rising)
                {
                    if (Absent.Is(values[i])) continue;
                    // One bound may be written in two ways: 1 and 1.0.
                    if (count > 0 && there[count - 1].Bound == bound) there[count - 1].Count += values[i];
                    else there[count++] = (bound, values[i]);
                }
                column[i] = count == 0 ? Absent.Value : HistogramQuantile.Compute(quantile[i], there.AsSpan(0, count));
                Cost.ChargePoints(rising.Length, call.Position);
            }
            results.Add(new StepSeries(group.Key.WithoutName(), column));
        }
        // Histograms of two names are two, and only their names told them apart.
        return Joined(results, call.Position);
    }
}
