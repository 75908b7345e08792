namespace Weir.Engine.Queries.Syntax;

/// <summary>What a function is called, takes and gives.</summary>
/// <param name="Name">As queries write it.</param>
/// <param name="Parameters">Types of the arguments.</param>
/// <param name="Optional">How many of the last arguments may be left out.</param>
/// <param name="IsLastRepeated">Whether there may be more arguments like the last.</param>
/// <param name="Returns">Type of the result.</param>
internal sealed record Function(string Name, ExpressionType[] Parameters, int Optional = 0, bool IsLastRepeated = false, ExpressionType Returns = ExpressionType.Vector)
{
    private const ExpressionType Scalar = ExpressionType.Scalar;
    private const ExpressionType Vector = ExpressionType.Vector;
    private const ExpressionType Range = ExpressionType.Range;
    private const ExpressionType Text = ExpressionType.Text;

    private static readonly Dictionary<string, Function> All = new Function[]
    {
        new("time", [], Returns: Scalar),
        new("pi", [], Returns: Scalar),
        new("scalar", [Vector], Returns: Scalar),
        new("vector", [Scalar]),
        new("absent", [Vector]),
        new("absent_over_time", [Range]),
        new("timestamp", [Vector]),
        new("sort", [Vector]),
        new("sort_desc", [Vector]),
        new("label_replace", [Vector, Text, Text, Text, Text]),
        new("label_join", [Vector, Text, Text, Text], Optional: 1, IsLastRepeated: true),
        new("histogram_quantile", [Scalar, Vector]),
        new("round", [Vector, Scalar], Optional: 1),
        new("clamp", [Vector, Scalar, Scalar]),
        new("clamp_min", [Vector, Scalar]),
        new("clamp_max", [Vector, Scalar]),
        new("quantile_over_time", [Scalar, Range]),
        new("predict_linear", [Range, Scalar]),
    }
    .Concat(Of(Vector, "abs", "ceil", "floor", "exp", "ln", "log2", "log10", "sqrt", "sgn"))
    .Concat(Of(Vector, "minute", "hour", "day_of_week", "day_of_month", "day_of_year", "days_in_month", "month", "year").Select(function => function with { Optional = 1 }))
    .Concat(Of(Range, "rate", "increase", "delta", "irate", "idelta", "deriv", "changes", "resets"))
    .Concat(Of(Range, "sum_over_time", "avg_over_time", "min_over_time", "max_over_time", "count_over_time"))
    .Concat(Of(Range, "stddev_over_time", "stdvar_over_time", "last_over_time", "present_over_time"))
    .Concat(Of(Vector, "deg", "rad", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh"))
    .ToDictionary(function => function.Name);

    public static IEnumerable<string> Names => All.Keys;

    public static Function? Find(string name) => All.GetValueOrDefault(name);

    private static IEnumerable<Function> Of(ExpressionType parameter, params string[] names) => names.Select(name => new Function(name, [parameter]));
}
