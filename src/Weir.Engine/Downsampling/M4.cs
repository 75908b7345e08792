using Weir.Engine.Downsampling.Lanes;
using Weir.Engine.Series;

namespace Weir.Engine.Downsampling;

/// <summary>
/// Reduces a series to pixel columns such that drawing them gives the picture of drawing every point: first, last, smallest and largest
/// of each column (Jugel et al., VLDB 2014). Over the ladder it costs O(W log n) for W columns, however many points there are.
/// </summary>
public static class M4
{
    /// <summary>Adds the columns of all points with <c>from ≤ time &lt; to</c>.</summary>
    /// <param name="snapshot">What to read.</param>
    /// <param name="from">Unix nanoseconds.</param>
    /// <param name="to">Unix nanoseconds.</param>
    /// <param name="step">Width of a column in nanoseconds; positive.</param>
    /// <param name="into">Receives the columns, behind what it already holds.</param>
    public static void Read(SeriesSnapshot snapshot, long from, long to, long step, Columns into)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        new LadderColumns(snapshot, step, into).Read(from, to);
    }

    /// <summary>Adds the columns of points that are at hand as arrays, at the speed of memory: of the times only the columns' ends are read.</summary>
    /// <param name="times">Unix nanoseconds, rising.</param>
    /// <param name="values">As many.</param>
    /// <param name="step">Width of a column in nanoseconds; positive.</param>
    /// <param name="into">Receives the columns, behind what it already holds.</param>
    public static void Reduce(ReadOnlySpan<long> times, ReadOnlySpan<double> values, long step, Columns into) => Reduce(times, values, step, into, LaneWidths.Widest);

    internal static void Reduce(ReadOnlySpan<long> times, ReadOnlySpan<double> values, long step, Columns into, LaneWidth width)
    {
        foreach (var (number, range) in new ColumnRuns(times, values.Length, step))
        {
            var columnTimes = times[range];
            var columnValues = values[range];
            var extremes = Extremes.Of(columnValues, width);
            var hasFinite = extremes.ArgMin >= 0;
            into.Add(new Column
            {
                Number = number,
                FirstTime = columnTimes[0],
                MinTime = columnTimes[hasFinite ? extremes.ArgMin : 0],
                MaxTime = columnTimes[hasFinite ? extremes.ArgMax : 0],
                LastTime = columnTimes[^1],
                First = columnValues[0],
                Min = hasFinite ? columnValues[extremes.ArgMin] : double.NaN,
                Max = hasFinite ? columnValues[extremes.ArgMax] : double.NaN,
                Last = columnValues[^1],
            });
        }
    }

    /// <summary>The plain twin: looks at every point.</summary>
    public static void ReadPlainly(ReadOnlySpan<long> times, ReadOnlySpan<double> values, long step, Columns into)
    {
        for (var i = 0; i < times.Length; i++)
        {
            var extreme = double.IsFinite(values[i]) ? values[i] : double.NaN;
            into.Add(new Column
            {
                Number = ColumnOf(times[i], step),
                FirstTime = times[i],
                MinTime = times[i],
                MaxTime = times[i],
                LastTime = times[i],
                First = values[i],
                Min = extreme,
                Max = extreme,
                Last = values[i],
            });
        }
    }

    /// <summary>Number of the column in which a time lies; rounds down for times before 1970 as well.</summary>
    public static long ColumnOf(long time, long step)
    {
        var quotient = time / step;
        return time < 0 && quotient * step != time ? quotient - 1 : quotient;
    }

    /// <summary>When the next column begins; the last may end past what a long can say.</summary>
    internal static long ColumnEnd(long number, long step) => (long)Int128.Min((Int128)(number + 1) * step, long.MaxValue);
}
