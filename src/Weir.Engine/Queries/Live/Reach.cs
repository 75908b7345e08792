using Weir.Engine.Queries.Syntax;

namespace Weir.Engine.Queries.Live;

/// <summary>Which points of a selector a step may look at: those after <paramref name="From"/>, up to <paramref name="Through"/>.</summary>
/// <param name="IsFixed">Whether the two are Unix nanoseconds, as <c>@</c> makes them; else they are relative to the step.</param>
/// <param name="From">Nanoseconds.</param>
/// <param name="Through">Nanoseconds.</param>
internal readonly record struct Reach(bool IsFixed, Int128 From, Int128 Through)
{
    /// <summary>The selectors of an expression, each with its reach.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="lookback">Nanoseconds.</param>
    /// <param name="isTiedToRange">Whether <c>@ start()</c> or <c>@ end()</c> is in it: then each step depends on which steps are asked for.</param>
    public static List<(LabelMatcher[] Matchers, Reach Reach)> Of(Expression expression, long lookback, out bool isTiedToRange)
    {
        var reaches = new List<(LabelMatcher[], Reach)>();
        isTiedToRange = false;
        Walk(expression, default, lookback, reaches, ref isTiedToRange);
        return reaches;
    }

    private static void Walk(Expression expression, Reach at, long lookback, List<(LabelMatcher[], Reach)> reaches, ref bool isTied)
    {
        switch (expression)
        {
            case VectorSelector selector:
                reaches.Add((selector.Matchers, at.Shifted(selector.Shift, lookback, ref isTied)));
                break;
            case RangeSelector selector:
                reaches.Add((selector.Matchers, at.Shifted(selector.Shift, selector.Range, ref isTied)));
                break;
            case Subquery subquery:
                Walk(subquery.Operand, at.Shifted(subquery.Shift, subquery.Range, ref isTied), lookback, reaches, ref isTied);
                break;
            case Negation negation:
                Walk(negation.Operand, at, lookback, reaches, ref isTied);
                break;
            case Binary binary:
                var chain = binary.Chain();
                Walk(chain.Peek().Left, at, lookback, reaches, ref isTied);
                foreach (var link in chain) Walk(link.Right, at, lookback, reaches, ref isTied);
                break;
            case Aggregate aggregate:
                Walk(aggregate.Operand, at, lookback, reaches, ref isTied);
                if (aggregate.Parameter is { } parameter) Walk(parameter, at, lookback, reaches, ref isTied);
                break;
            case Call call:
                foreach (var argument in call.Arguments) Walk(argument, at, lookback, reaches, ref isTied);
                break;
        }
    }

    private Reach Shifted(TimeShift shift, long range, ref bool isTied)
    {
        isTied |= shift.Anchor is Anchor.Start or Anchor.End;
        return shift.Anchor == Anchor.Time
            ? new(true, (Int128)shift.Time - shift.Offset - range, (Int128)shift.Time - shift.Offset)
            : new(IsFixed, From - shift.Offset - range, Through - shift.Offset);
    }
}
