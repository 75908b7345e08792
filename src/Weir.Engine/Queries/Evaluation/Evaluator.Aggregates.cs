using Weir.Engine.Queries.Syntax;

namespace Weir.Engine.Queries.Evaluation;

internal sealed partial class Evaluator
{
    private List<StepSeries> Aggregated(Aggregate aggregate)
    {
        var parameter = aggregate.Parameter is { Type: ExpressionType.Scalar } scalar ? aggregate.Operator == "quantile" ? Quantile(scalar) : Scalar(scalar) : [];
        if (aggregate.Operator is "topk" or "bottomk" && Array.Exists(parameter, double.IsNaN))
        {
            throw context.Error(aggregate.Parameter!.Position, $"{aggregate.Operator} takes a number of series; NaN is none.");
        }
        var vector = Vector(aggregate.Operand);
        var results = new List<StepSeries>();
        foreach (var (labels, members) in context.Memo.GroupsOf(aggregate, vector, GroupOf))
        {
            var series = Array.ConvertAll(members, member => vector[member]);
            if (aggregate.Operator is "topk" or "bottomk") results.AddRange(Ranked(aggregate, series, parameter));
            else if (aggregate.Operator == "count_values") results.AddRange(Counted(aggregate, labels, series));
            else results.Add(new StepSeries(labels, Summed(aggregate, series, parameter)));
        }
        return results;
    }

    private static QueryLabels GroupOf(Aggregate by, QueryLabels labels)
    {
        // count_values sets its label before it groups: what the label was tells no groups apart.
        var set = by.Parameter is TextLiteral text ? text.Value : null;
        return by.IsWithout ? labels.Without([.. by.Labels, LabelMatcher.Name, set ?? LabelMatcher.Name]) : labels.Only([.. by.Labels.Where(name => name != set)]);
    }

    /// <summary>How often each value is there, under a label that tells it; "without" that label, how many values there are.</summary>
    private List<StepSeries> Counted(Aggregate aggregate, QueryLabels labels, StepSeries[] series)
    {
        var label = LabelName(aggregate.Parameter!);
        var isLabelGone = aggregate.IsWithout && aggregate.Labels.Contains(label);
        var counts = new Dictionary<string, StepSeries>();
        for (var i = 0; i < steps.Length; i++)
        {
            foreach (var one in series)
            {
                if (Absent.Is(one.Values[i])) continue;
                var value = isLabelGone ? "" : NumberText.Of(one.Values[i]);
                if (!counts.TryGetValue(value, out var counted)) counts.Add(value, counted = new(isLabelGone ? labels : labels.With(label, value), Constant(Absent.Value, aggregate.Position)));
                counted.Values[i] = Absent.Is(counted.Values[i]) ? 1 : counted.Values[i] + 1;
            }
            Cost.ChargePoints(series.Length, aggregate.Position);
        }
        return [.. counts.Values];
    }

    private double[] Summed(Aggregate aggregate, StepSeries[] series, double[] parameter)
    {
        var summarize = aggregate.Operator == "quantile" ? null : Summary.Of(aggregate.Operator);
        var column = Cost.NewColumn(steps.Length, aggregate.Position);
        var values = new double[series.Length];
        for (var i = 0; i < steps.Length; i++)
        {
            var count = 0;
            foreach (var one in series)
            {
                if (!Absent.Is(one.Values[i])) values[count++] = one.Values[i];
            }
            var there = values.AsSpan(0, count);
            column[i] = count == 0 ? Absent.Value : summarize is null ? Summary.Quantile(parameter[i], there) : summarize(there);
            // At each step, since one aggregation may be all of a long query: it ends when it is cancelled.
            Cost.ChargePoints(series.Length, aggregate.Position);
        }
        return column;
    }

    /// <summary>The series themselves, each where it is among the first k of its group; NaN comes after all others.</summary>
    private List<StepSeries> Ranked(Aggregate aggregate, StepSeries[] series, double[] parameter)
    {
        var ranked = Array.ConvertAll(series, one => one with { Values = Constant(Absent.Value, aggregate.Position) });
        var sign = aggregate.Operator == "topk" ? -1 : 1;
        var there = new List<int>(series.Length);
        for (var i = 0; i < steps.Length; i++)
        {
            there.Clear();
            for (var s = 0; s < series.Length; s++)
            {
                if (!Absent.Is(series[s].Values[i])) there.Add(s);
            }
            there.Sort((a, b) => RankOrder(series[a].Values[i], series[b].Values[i], sign) is var order && order != 0 ? order : a.CompareTo(b));
            var kept = parameter[i] >= 1 ? (int)Math.Min(there.Count, parameter[i]) : 0;
            for (var k = 0; k < kept; k++) ranked[there[k]].Values[i] = series[there[k]].Values[i];
            Cost.ChargePoints(series.Length, aggregate.Position);
        }
        // An instant shows them by rank.
        return steps.Length == 1 ? Sorted([.. ranked], sign) : [.. ranked];
    }

    private static List<StepSeries> Sorted(List<StepSeries> vector, int sign) =>
        [.. vector.Order(Comparer<StepSeries>.Create((a, b) => RankOrder(a.Values[0], b.Values[0], sign)))];

    private static int RankOrder(double a, double b, int sign) =>
        double.IsNaN(a) || double.IsNaN(b) ? double.IsNaN(a).CompareTo(double.IsNaN(b)) : sign * a.CompareTo(b);
}
