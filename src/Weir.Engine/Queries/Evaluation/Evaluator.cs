using Weir.Engine.Queries.Syntax;

namespace Weir.Engine.Queries.Evaluation;

/// <summary>
/// Computes an expression for all steps at once: a vector is a list of series with one value a step. What belongs together (groups, matches) is found
/// once for a series, not once for a step.
/// </summary>
internal sealed partial class Evaluator(QueryContext context, long[] steps)
{
    private QueryCost Cost => context.Cost;

    public double[] Scalar(Expression expression) => expression switch
    {
        NumberLiteral number => Constant(number.Value, number.Position),
        Negation negation => Column(negation.Position, Scalar(negation.Operand), static value => -value),
        Binary binary => ScalarChain(binary),
        Call call => ScalarCall(call),
        _ => throw new InvalidOperationException($"{expression.GetType().Name} is no scalar."),
    };

    public List<StepSeries> Vector(Expression expression) => expression switch
    {
        VectorSelector selector => Select(selector),
        Negation negation => Each(negation.Operand, negation.Position, static value => -value),
        Binary binary => VectorChain(binary),
        Aggregate aggregate => Aggregated(aggregate),
        Call call => VectorCall(call),
        _ => throw new InvalidOperationException($"{expression.GetType().Name} is no vector."),
    };

    /// <summary>In a loop: a chain of operators may be thousands long, and the stack is not.</summary>
    private double[] ScalarChain(Binary last)
    {
        var chain = last.Chain();
        var value = Scalar(chain.Peek().Left);
        foreach (var binary in chain) value = Column(binary.Position, value, Scalar(binary.Right), binary.Operator.Compute);
        return value;
    }

    /// <summary>A function of every value; the result has no name.</summary>
    private List<StepSeries> Each(Expression operand, int position, Func<double, double> compute) =>
        Unnamed(Vector(operand), position, series => Column(position, series.Values, compute));

    private List<StepSeries> Unnamed(List<StepSeries> vector, int position, Func<StepSeries, double[]> compute) =>
        Joined(vector.ConvertAll(series => new StepSeries(series.Labels.WithoutName(), compute(series))), position);

    private double[] Constant(double value, int position)
    {
        var column = Cost.NewColumn(steps.Length, position);
        Array.Fill(column, value);
        return column;
    }

    private double[] Column(int position, double[] values, Func<double, double> compute)
    {
        var column = Cost.NewColumn(values.Length, position);
        for (var i = 0; i < values.Length; i++) column[i] = Absent.Is(values[i]) ? Absent.Value : compute(values[i]);
        return column;
    }

    private double[] Column(int position, double[] left, double[] right, Func<double, double, double> compute)
    {
        var column = Cost.NewColumn(left.Length, position);
        for (var i = 0; i < left.Length; i++) column[i] = Absent.Is(left[i]) || Absent.Is(right[i]) ? Absent.Value : compute(left[i], right[i]);
        return column;
    }

    /// <summary>Series that came to have the same labels become one, where no step has a value of both.</summary>
    private List<StepSeries> Joined(List<StepSeries> vector, int position)
    {
        if (context.Memo.AreKnownDistinct(position, vector)) return vector;
        var byLabels = new Dictionary<QueryLabels, StepSeries>(vector.Count);
        foreach (var series in vector)
        {
            if (byLabels.TryAdd(series.Labels, series)) continue;
            var values = byLabels[series.Labels].Values;
            for (var i = 0; i < values.Length; i++)
            {
                if (Absent.Is(series.Values[i])) continue;
                if (!Absent.Is(values[i])) throw context.Error(position, $"Two series of the result have the labels {series.Labels}; labels must tell them apart.");
                values[i] = series.Values[i];
            }
        }
        if (byLabels.Count < vector.Count) return [.. byLabels.Values];
        context.Memo.RememberDistinct(position, vector);
        return vector;
    }
}
