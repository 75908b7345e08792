using Weir.Engine.Queries.Syntax;

namespace Weir.Engine.Queries.Evaluation;

internal sealed partial class Evaluator
{
    /// <summary>In a loop, as scalars are.</summary>
    private List<StepSeries> VectorChain(Binary last)
    {
        var chain = last.Chain();
        var first = chain.Peek().Left;
        var scalar = first.Type == ExpressionType.Scalar ? Scalar(first) : null;
        var vector = scalar is null ? Vector(first) : [];
        foreach (var binary in chain)
        {
            if (binary.Type == ExpressionType.Scalar)
            {
                scalar = Column(binary.Position, scalar!, Scalar(binary.Right), binary.Operator.Compute);
                continue;
            }
            vector = scalar is not null ? WithScalar(binary, Vector(binary.Right), scalar, isScalarLeft: true)
                : binary.Right.Type == ExpressionType.Scalar ? WithScalar(binary, vector, Scalar(binary.Right), isScalarLeft: false)
                : binary.Operator.Kind == OperatorKind.Set ? Sets(binary, vector, Vector(binary.Right))
                : Matched(binary, vector, Vector(binary.Right));
            scalar = null;
        }
        return vector;
    }

    /// <summary>A comparison keeps the value (and the name) of the vector, unless it is bool.</summary>
    private List<StepSeries> WithScalar(Binary binary, List<StepSeries> vector, double[] scalar, bool isScalarLeft)
    {
        var isFilter = binary.Operator.Kind == OperatorKind.Comparison && !binary.IsBool;
        double[] Compute(StepSeries series)
        {
            var column = Cost.NewColumn(steps.Length, binary.Position);
            for (var i = 0; i < column.Length; i++)
            {
                var value = series.Values[i];
                if (Absent.Is(value))
                {
                    column[i] = value;
                    continue;
                }
                var result = isScalarLeft ? binary.Operator.Compute(scalar[i], value) : binary.Operator.Compute(value, scalar[i]);
                column[i] = !isFilter ? result : result != 0 ? value : Absent.Value;
            }
            return column;
        }
        return isFilter
            ? vector.ConvertAll(series => series with { Values = Compute(series) })
            : Unnamed(vector, binary.Position, Compute);
    }

    private List<StepSeries> Matched(Binary binary, List<StepSeries> left, List<StepSeries> right)
    {
        var matching = binary.Matching;
        var (many, ones) = matching.Many == ManySide.Right ? (right, left) : (left, right);
        var groups = ones.GroupBy(series => matching.SignatureOf(series.Labels)).ToDictionary(group => group.Key, group => group.ToList());
        RequireOneAStep(groups, many, binary);
        var results = new List<StepSeries>();
        var taken = new Dictionary<QueryLabels, bool[]>();
        foreach (var series in many)
        {
            var signature = matching.SignatureOf(series.Labels);
            if (!groups.TryGetValue(signature, out var partners)) continue;
            foreach (var partner in partners)
            {
                var column = matching.Many == ManySide.Right ? Pair(binary, partner.Values, series.Values) : Pair(binary, series.Values, partner.Values);
                if (matching.Many == ManySide.Neither) RequireNotTaken(taken, signature, column, binary);
                results.Add(new StepSeries(ResultLabels(binary, series.Labels, partner.Labels), column));
            }
        }
        return Joined(results, binary.Position);
    }

    private double[] Pair(Binary binary, double[] left, double[] right)
    {
        if (binary.Operator.Kind != OperatorKind.Comparison || binary.IsBool) return Column(binary.Position, left, right, binary.Operator.Compute);
        return Column(binary.Position, left, right, (a, b) => binary.Operator.Compute(a, b) != 0 ? a : Absent.Value);
    }

    private static QueryLabels ResultLabels(Binary binary, QueryLabels many, QueryLabels one)
    {
        var matching = binary.Matching;
        var labels = binary.Operator.Kind == OperatorKind.Arithmetic || binary.IsBool ? many.WithoutName() : many;
        if (matching.Many == ManySide.Neither) return matching.IsOn ? labels.Only(matching.Labels) : labels.Without(matching.Labels);
        foreach (var name in matching.Include) labels = labels.With(name, one[name]);
        return labels;
    }

    /// <summary>Several on the side of one are an error also where they meet nothing; but not at a step at which all of the other side is empty.</summary>
    private void RequireOneAStep(Dictionary<QueryLabels, List<StepSeries>> groups, List<StepSeries> many, Binary binary)
    {
        var several = groups.Where(group => group.Value.Count > 1).ToArray();
        for (var i = 0; several.Length > 0 && i < steps.Length; i++)
        {
            Cost.ChargePoints(0, binary.Position);
            if (many.TrueForAll(series => Absent.Is(series.Values[i]))) continue;
            foreach (var (signature, group) in several)
            {
                if (group.Count(series => !Absent.Is(series.Values[i])) <= 1) continue;
                var side = binary.Matching.Many == ManySide.Right ? "left" : "right";
                throw context.Error(binary.Position, $"Several series on the {side} of '{binary.Operator.Sign}' match {signature}. Name more labels in on, or aggregate that side first.");
            }
        }
    }

    private void RequireNotTaken(Dictionary<QueryLabels, bool[]> taken, QueryLabels signature, double[] column, Binary binary)
    {
        if (!taken.TryGetValue(signature, out var steps)) taken.Add(signature, steps = new bool[column.Length]);
        for (var i = 0; i < column.Length; i++)
        {
            if (Absent.Is(column[i])) continue;
            if (steps[i]) throw context.Error(binary.Position, $"Several series on the left of '{binary.Operator.Sign}' match {signature}. If that is meant, say group_left (or group_right).");
            steps[i] = true;
        }
    }

    private List<StepSeries> Sets(Binary binary, List<StepSeries> left, List<StepSeries> right)
    {
        var isOr = binary.Operator.Sign == "or";
        var (kept, against) = isOr ? (right, left) : (left, right);
        var present = new Dictionary<QueryLabels, bool[]>();
        foreach (var series in against)
        {
            var signature = binary.Matching.SignatureOf(series.Labels);
            if (!present.TryGetValue(signature, out var there)) present.Add(signature, there = new bool[steps.Length]);
            for (var i = 0; i < there.Length; i++) there[i] |= !Absent.Is(series.Values[i]);
        }
        var keepsPresent = binary.Operator.Sign == "and";
        var filtered = kept.ConvertAll(series =>
        {
            var there = present.GetValueOrDefault(binary.Matching.SignatureOf(series.Labels));
            var column = Cost.NewColumn(steps.Length, binary.Position);
            for (var i = 0; i < column.Length; i++) column[i] = (there?[i] ?? false) == keepsPresent ? series.Values[i] : Absent.Value;
            return series with { Values = column };
        });
        if (!isOr) return filtered;
        // Copies, since series of both sides that have the same labels are joined in place.
        return Joined([.. left.Select(series => series with { Values = Copy(series.Values, binary.Position) }), .. filtered], binary.Position);
    }
}
