namespace Weir.Engine.Queries.Evaluation;

/// <summary>Functions of one value, some with scalars beside it.</summary>
internal static class PointFunctions
{
    public static Func<double, double[], double> Of(string name) => name switch
    {
        "abs" => static (value, _) => Math.Abs(value),
        "ceil" => static (value, _) => Math.Ceiling(value),
        "floor" => static (value, _) => Math.Floor(value),
        "exp" => static (value, _) => Math.Exp(value),
        "ln" => static (value, _) => Math.Log(value),
        "log2" => static (value, _) => Math.Log2(value),
        "log10" => static (value, _) => Math.Log10(value),
        "sqrt" => static (value, _) => Math.Sqrt(value),
        "sgn" => static (value, _) => double.IsNaN(value) ? value : value > 0 ? 1 : value < 0 ? -1 : 0,
        "round" => static (value, given) => Round(value, given.Length == 0 ? 1 : given[0]),
        "clamp" => static (value, given) => given[0] > given[1] ? Absent.Value : Math.Max(given[0], Math.Min(given[1], value)),
        "clamp_min" => static (value, given) => Math.Max(given[0], value),
        "clamp_max" => static (value, given) => Math.Min(given[0], value),
        _ => throw new InvalidOperationException($"{name} is no function of a value."),
    };

    /// <summary>To the nearest multiple; halves go up. By the inverse, so that a tenth rounds to tenths.</summary>
    private static double Round(double value, double multiple)
    {
        var inverse = 1 / multiple;
        return Math.Floor(value * inverse + 0.5) / inverse;
    }
}
