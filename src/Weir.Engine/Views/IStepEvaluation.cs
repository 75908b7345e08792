using Weir.Engine.Queries;

namespace Weir.Engine.Views;

/// <summary>An expression, evaluated at multiples of a step.</summary>
internal interface IStepEvaluation
{
    /// <summary>The values at the steps <paramref name="first"/> to <paramref name="last"/>, each the step's number times its length in Unix nanoseconds.</summary>
    /// <exception cref="QueryException">The expression cannot be read, or costs more than it may.</exception>
    IReadOnlyList<QuerySeries> Evaluate(long first, long last);
}

/// <summary>Asks the query engine for the steps anew each time.</summary>
internal sealed class RangeEvaluation(QueryEngine queries, string expression, long step) : IStepEvaluation
{
    public IReadOnlyList<QuerySeries> Evaluate(long first, long last) => queries.Range(expression, first * step, last * step, step).Series;
}
