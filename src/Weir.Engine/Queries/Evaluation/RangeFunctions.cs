namespace Weir.Engine.Queries.Evaluation;

/// <summary>The points of one series that a step looks back on: at least one. NaN is a value here, as subqueries compute it.</summary>
/// <param name="times">Unix nanoseconds, rising, after the start and up to the end.</param>
/// <param name="values">As many as times.</param>
/// <param name="start">The range begins after this time.</param>
/// <param name="end">The range ends with this time.</param>
/// <param name="step">The step that looks back; with an offset it is not the end.</param>
/// <param name="parameter">The scalar argument; NaN where there is none.</param>
internal readonly ref struct RangePoints(ReadOnlySpan<long> times, ReadOnlySpan<double> values, long start, long end, long step, double parameter)
{
    public readonly ReadOnlySpan<long> Times = times;
    public readonly ReadOnlySpan<double> Values = values;
    public readonly long Start = start;
    public readonly long End = end;
    public readonly long Step = step;
    public readonly double Parameter = parameter;
}

/// <summary>Functions over the points of a range. <see cref="Absent"/> where there are too few.</summary>
internal static class RangeFunctions
{
    public delegate double RangeFunction(in RangePoints points);

    public static RangeFunction Of(string name) => name switch
    {
        "rate" => static (in points) => Rates.Extrapolated(points, isCounter: true, perSecond: true),
        "increase" => static (in points) => Rates.Extrapolated(points, isCounter: true, perSecond: false),
        "delta" => static (in points) => Rates.Extrapolated(points, isCounter: false, perSecond: false),
        "irate" => static (in points) => Rates.Instant(points, isCounter: true),
        "idelta" => static (in points) => Rates.Instant(points, isCounter: false),
        "deriv" => static (in points) => points.Times.Length < 2 ? Absent.Value : Trend.Of(points, points.Times[0]).Slope,
        "predict_linear" => static (in points) => points.Times.Length < 2 ? Absent.Value : Trend.Of(points, points.Step).After(points.Parameter),
        "changes" => static (in points) => Count(points.Values, static (before, after) => !before.Equals(after)),
        "resets" => static (in points) => Count(points.Values, static (before, after) => after < before),
        "last_over_time" => static (in points) => points.Values[^1],
        "present_over_time" => static (in _) => 1,
        "quantile_over_time" => static (in points) => Summary.Quantile(points.Parameter, points.Values.ToArray()),
        _ when name.EndsWith("_over_time", StringComparison.Ordinal) => Summed(Summary.Of(name[..^"_over_time".Length])),
        _ => throw new InvalidOperationException($"{name} is no function of a range."),
    };

    private static RangeFunction Summed(Func<ReadOnlySpan<double>, double> summarize) => (in points) => summarize(points.Values);

    private static double Count(ReadOnlySpan<double> values, Func<double, double, bool> isCounted)
    {
        var count = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (isCounted(values[i - 1], values[i])) count++;
        }
        return count;
    }
}
