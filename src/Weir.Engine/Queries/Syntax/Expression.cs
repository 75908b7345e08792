namespace Weir.Engine.Queries.Syntax;

/// <summary>What kind of value an expression has.</summary>
internal enum ExpressionType
{
    Scalar,
    Vector,
    Range,
    Text,
}

/// <summary>A part of a query that has a value.</summary>
/// <param name="Position">Where it begins, from 0, for messages.</param>
internal abstract record Expression(int Position)
{
    public abstract ExpressionType Type { get; }

    /// <summary>Levels below this one and itself.</summary>
    public virtual int Depth => 1;
}

internal sealed record NumberLiteral(int Position, double Value) : Expression(Position)
{
    public override ExpressionType Type => ExpressionType.Scalar;
}

internal sealed record TextLiteral(int Position, string Value) : Expression(Position)
{
    public override ExpressionType Type => ExpressionType.Text;
}

/// <summary>Series by name and labels, at each step the newest point.</summary>
internal sealed record VectorSelector(int Position, LabelMatcher[] Matchers, TimeShift Shift) : Expression(Position)
{
    public override ExpressionType Type => ExpressionType.Vector;
}

/// <summary>Series with, at each step, all points of the range before it.</summary>
/// <param name="Position">Where it begins.</param>
/// <param name="Range">Nanoseconds, positive.</param>
/// <param name="Shift">Where the range ends, if not at the step.</param>
internal abstract record RangeExpression(int Position, long Range, TimeShift Shift) : Expression(Position)
{
    public override ExpressionType Type => ExpressionType.Range;
}

/// <summary>The points of a selector: <c>cpu[5m]</c>.</summary>
internal sealed record RangeSelector(int Position, LabelMatcher[] Matchers, long Range, TimeShift Shift) : RangeExpression(Position, Range, Shift);

/// <summary>The values of any vector at whole multiples of a step: <c>rate(requests[1m])[1h:30s]</c>.</summary>
internal sealed record Subquery(int Position, Expression Operand, long Range, long Step, TimeShift Shift) : RangeExpression(Position, Range, Shift)
{
    public override int Depth { get; } = Operand.Depth + 1;
}

internal sealed record Negation(int Position, Expression Operand) : Expression(Position)
{
    public override ExpressionType Type => Operand.Type;

    public override int Depth { get; } = Operand.Depth + 1;
}

internal sealed record Binary(int Position, BinaryOperator Operator, Expression Left, Expression Right, bool IsBool, Matching Matching) : Expression(Position)
{
    // Found once: the left sides of a chain lie thousands deep.
    public override ExpressionType Type { get; } = Left.Type == ExpressionType.Scalar && Right.Type == ExpressionType.Scalar ? ExpressionType.Scalar : ExpressionType.Vector;

    /// <summary>A chain such as <c>a + b + c</c> is one level, since it is walked and computed in a loop.</summary>
    public override int Depth { get; } = Math.Max(Left is Binary ? Left.Depth : Left.Depth + 1, Right.Depth + 1);

    /// <summary>The operators of a chain, the innermost first, which has what the chain begins with on its left.</summary>
    public Stack<Binary> Chain()
    {
        var chain = new Stack<Binary>();
        for (Expression at = this; at is Binary binary; at = binary.Left) chain.Push(binary);
        return chain;
    }
}

internal sealed record Aggregate(int Position, string Operator, Expression Operand, Expression? Parameter, string[] Labels, bool IsWithout) : Expression(Position)
{
    public override ExpressionType Type => ExpressionType.Vector;

    public override int Depth { get; } = Math.Max(Operand.Depth, Parameter?.Depth ?? 0) + 1;
}

internal sealed record Call(int Position, Function Function, Expression[] Arguments) : Expression(Position)
{
    public override ExpressionType Type => Function.Returns;

    public override int Depth { get; } = Arguments.Select(argument => argument.Depth).DefaultIfEmpty().Max() + 1;
}

/// <summary>The time that a selector looks at where it is not that of the step.</summary>
/// <param name="Anchor">What stands in for the step.</param>
/// <param name="Time">Unix nanoseconds, where the anchor is a time.</param>
/// <param name="Offset">How much earlier, in nanoseconds.</param>
internal sealed record TimeShift(Anchor Anchor, long Time, long Offset)
{
    public static readonly TimeShift None = new(Anchor.Step, 0, 0);
}

/// <summary>What <c>@</c> ties a selector to.</summary>
internal enum Anchor
{
    Step,
    Time,
    Start,
    End,
}

/// <summary>Which series of two vectors belong together.</summary>
/// <param name="IsOn">By the labels named; else by all but those.</param>
/// <param name="Labels">The labels of <c>on</c> or <c>ignoring</c>.</param>
/// <param name="Many">Which side may have several series a match.</param>
/// <param name="Include">Labels of the one side that the result takes over.</param>
internal sealed record Matching(bool IsOn, string[] Labels, ManySide Many, string[] Include)
{
    public static readonly Matching All = new(false, [], ManySide.Neither, []);

    /// <summary>What series have in common that match.</summary>
    public QueryLabels SignatureOf(QueryLabels labels) => IsOn ? labels.Only(Labels) : labels.Without([.. Labels, LabelMatcher.Name]);
}

internal enum ManySide
{
    Neither,
    Left,
    Right,
}
