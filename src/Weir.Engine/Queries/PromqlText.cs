using System.Globalization;
using Weir.Engine.Queries.Evaluation;
using Weir.Engine.Queries.Syntax;
using Weir.Engine.Time;

namespace Weir.Engine.Queries;

/// <summary>Numbers and durations as Prometheus writes them, in queries and in answers.</summary>
public static class PromqlText
{
    /// <summary>The fewest digits that tell a number apart, without an exponent; <c>+Inf</c>, <c>-Inf</c>, <c>NaN</c>.</summary>
    public static string OfNumber(double value) => NumberText.Of(value);

    /// <summary>Reads <c>90s</c> or <c>1h30m</c> (ms, s, m, h, d, w, y), or seconds: <c>1.5</c>.</summary>
    public static bool TryReadDuration(string? text, out Duration duration)
    {
        duration = default;
        if (!DurationText.TryRead(text, out var nanoseconds))
        {
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)) return false;
            nanoseconds = seconds * 1e9;
        }
        if (!(nanoseconds is >= 1 and <= Lexer.DurationMax)) return false;
        duration = Duration.FromNanoseconds((long)nanoseconds);
        return true;
    }
}
