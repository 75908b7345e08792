using Weir.Engine.Time;

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
        "deg" => static (value, _) => value * 180 / Math.PI,
        "rad" => static (value, _) => value * Math.PI / 180,
        "sin" => static (value, _) => Math.Sin(value),
        "cos" => static (value, _) => Math.Cos(value),
        "tan" => static (value, _) => Math.Tan(value),
        "asin" => static (value, _) => Math.Asin(value),
        "acos" => static (value, _) => Math.Acos(value),
        "atan" => static (value, _) => Math.Atan(value),
        "sinh" => static (value, _) => Math.Sinh(value),
        "cosh" => static (value, _) => Math.Cosh(value),
        "tanh" => static (value, _) => Math.Tanh(value),
        "asinh" => static (value, _) => Math.Asinh(value),
        "acosh" => static (value, _) => Math.Acosh(value),
        "atanh" => static (value, _) => Math.Atanh(value),
        "round" => static (value, given) => Round(value, given.Length == 0 ? 1 : given[0]),
        "clamp" => static (value, given) => given[0] > given[1] ? Absent.Value : Math.Max(given[0], Math.Min(given[1], value)),
        "clamp_min" => static (value, given) => Math.Max(given[0], value),
        "clamp_max" => static (value, given) => Math.Min(given[0], value),
        "minute" => Calendar(static time => time.Minute),
        "hour" => Calendar(static time => time.Hour),
        "day_of_week" => Calendar(static time => (int)time.DayOfWeek),
        "day_of_month" => Calendar(static time => time.Day),
        "day_of_year" => Calendar(static time => time.DayOfYear),
        "days_in_month" => Calendar(static time => DateTime.DaysInMonth(time.Year, time.Month)),
        "month" => Calendar(static time => time.Month),
        "year" => Calendar(static time => time.Year),
        _ => throw new InvalidOperationException($"{name} is no function of a value."),
    };

    /// <summary>Of a time in Unix seconds, in UTC; NaN where it lies outside the years 1678 to 2261.</summary>
    private static Func<double, double[], double> Calendar(Func<DateTimeOffset, double> part) => (value, _) =>
        Math.Abs(value) * 1000 <= UnixTime.MillisecondsMax ? part(UnixTime.ToDateTime((long)Math.Floor(value) * UnixTime.NanosecondsPerSecond)) : double.NaN;

    /// <summary>To the nearest multiple; halves go up. By the inverse, so that a tenth rounds to tenths.</summary>
    private static double Round(double value, double multiple)
    {
        var inverse = 1 / multiple;
        return Math.Floor(value * inverse + 0.5) / inverse;
    }
}
