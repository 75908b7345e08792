namespace Weir.Engine.Queries.Syntax;

/// <summary>An operator between two expressions.</summary>
/// <param name="Sign">As written.</param>
/// <param name="Precedence">The higher binds the tighter; as in Prometheus.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Compute">The result for two numbers; of a comparison 1 or 0.</param>
internal sealed record BinaryOperator(string Sign, int Precedence, OperatorKind Kind, Func<double, double, double> Compute)
{
    public const int PowerPrecedence = 6;
    public const int NegationPrecedence = 5;

    private static readonly BinaryOperator[] All =
    [
        new("^", PowerPrecedence, OperatorKind.Arithmetic, Math.Pow),
        new("*", 5, OperatorKind.Arithmetic, (a, b) => a * b),
        new("/", 5, OperatorKind.Arithmetic, (a, b) => a / b),
        new("%", 5, OperatorKind.Arithmetic, (a, b) => a % b),
        new("atan2", 5, OperatorKind.Arithmetic, Math.Atan2),
        new("+", 4, OperatorKind.Arithmetic, (a, b) => a + b),
        new("-", 4, OperatorKind.Arithmetic, (a, b) => a - b),
        new("==", 3, OperatorKind.Comparison, (a, b) => a == b ? 1 : 0),
        new("!=", 3, OperatorKind.Comparison, (a, b) => a != b ? 1 : 0),
        new("<=", 3, OperatorKind.Comparison, (a, b) => a <= b ? 1 : 0),
        new("<", 3, OperatorKind.Comparison, (a, b) => a < b ? 1 : 0),
        new(">=", 3, OperatorKind.Comparison, (a, b) => a >= b ? 1 : 0),
        new(">", 3, OperatorKind.Comparison, (a, b) => a > b ? 1 : 0),
        new("and", 2, OperatorKind.Set, (_, _) => double.NaN),
        new("unless", 2, OperatorKind.Set, (_, _) => double.NaN),
        new("or", 1, OperatorKind.Set, (_, _) => double.NaN),
    ];

    public bool IsRightAssociative => Precedence == PowerPrecedence;

    public static BinaryOperator? Find(Token token) => token.Kind is TokenKind.Sign or TokenKind.Name ? Array.Find(All, op => op.Sign.Equals(token.Text, StringComparison.OrdinalIgnoreCase)) : null;
}

internal enum OperatorKind
{
    Arithmetic,

    /// <summary>Filters; with <c>bool</c> it gives 1 and 0.</summary>
    Comparison,

    /// <summary>Of whole series: and, or, unless.</summary>
    Set,
}
