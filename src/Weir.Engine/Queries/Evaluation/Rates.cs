namespace Weir.Engine.Queries.Evaluation;

/// <summary>How fast a counter rises, as Prometheus has it (https://prometheus.io/docs/prometheus/latest/querying/functions/#rate).</summary>
internal static class Rates
{
    /// <summary>
    /// What the points rose by, extrapolated to the ends of the range. Towards each end it goes on by the distance to it where the next point
    /// could have been about there (within 1.1 of the average interval), else by half an interval; and to the start of a counter never past the time when it
    /// would have been zero. A fall of a counter is a restart at zero.
    /// </summary>
    public static double Extrapolated(in RangePoints points, bool isCounter, bool perSecond)
    {
        var times = points.Times;
        var values = points.Values;
        if (times.Length < 2) return Absent.Value;
        var rise = values[^1] - values[0];
        if (isCounter)
        {
            for (var i = 1; i < values.Length; i++)
            {
                if (values[i] < values[i - 1]) rise += values[i - 1];
            }
        }
        var sampled = Seconds(times[0], times[^1]);
        var interval = sampled / (times.Length - 1);
        var toStart = ToEnd(Seconds(points.Start, times[0]), interval);
        if (isCounter && rise > 0 && values[0] >= 0) toStart = Math.Min(toStart, sampled * (values[0] / rise));
        var toEnd = ToEnd(Seconds(times[^1], points.End), interval);
        var extrapolated = rise * ((sampled + toStart + toEnd) / sampled);
        return perSecond ? extrapolated / Seconds(points.Start, points.End) : extrapolated;
    }

    /// <summary>The same of the last two points alone, without extrapolation; per second for a counter.</summary>
    public static double Instant(in RangePoints points, bool isCounter)
    {
        var times = points.Times;
        var values = points.Values;
        if (times.Length < 2) return Absent.Value;
        var rise = isCounter && values[^1] < values[^2] ? values[^1] : values[^1] - values[^2];
        return isCounter ? rise / Seconds(times[^2], times[^1]) : rise;
    }

    private static double ToEnd(double distance, double interval) => distance < interval * 1.1 ? distance : interval / 2;

    private static double Seconds(long from, long to) => (to - from) / 1e9;
}
