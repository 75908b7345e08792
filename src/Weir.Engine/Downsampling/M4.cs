using Weir.Engine.Chunks;
using Weir.Engine.Downsampling.Lanes;
using Weir.Engine.Ladders;
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
        var space = ChunkSpace.OfThread;
        for (var i = snapshot.SegmentAt(from); i < snapshot.SegmentCount; i++)
        {
            var segment = snapshot.Segment(i);
            if (segment.FirstTime >= to) return;
            if (segment.FirstTime >= from && i < snapshot.SealedCount)
            {
                var end = Math.Min(ColumnEnd(segment.FirstTime, step), to);
                if (segment.LastTime < end)
                {
                    i = ReadWhole(snapshot, i, end, step, into);
                    continue;
                }
            }
            ReadInside(segment, from, to, step, space, into);
        }
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

    /// <summary>Points of one chunk, column by column.</summary>
    private static void ReadInside(Chunk chunk, long from, long to, long step, ChunkSpace space, Columns into)
    {
        var times = chunk.Times(space);
        var begin = Search.FirstAtOrAfter(times, from);
        var end = to > chunk.LastTime ? times.Length : Search.FirstAtOrAfter(times, to);
        if (begin < end) Reduce(times[begin..end], chunk.Values(space)[begin..end], step, into);
    }

    /// <summary>All sealed chunks from <paramref name="index"/> on that end before <paramref name="end"/>: one run of one column. Returns the last of them.</summary>
    private static int ReadWhole(SeriesSnapshot snapshot, int index, long end, long step, Columns into)
    {
        var after = Math.Min(snapshot.SegmentAt(end, index), snapshot.SealedCount);
        var bucket = Bucket.Empty;
        var (base0, at) = (snapshot.FirstOrdinal, index);
        while (at < after)
        {
            var length = snapshot.Ladder.Widest(base0 + at, base0 + after, out var group);
            bucket.Merge(group);
            at += length;
        }
        var (first, last) = (snapshot.Segment(index), snapshot.Segment(after - 1));
        var hasFinite = bucket.Count > 0;
        into.Add(new Column
        {
            Number = ColumnOf(first.FirstTime, step),
            FirstTime = first.FirstTime,
            LastTime = last.LastTime,
            First = first.FirstValue,
            Last = last.LastValue,
            Min = hasFinite ? bucket.Min : double.NaN,
            Max = hasFinite ? bucket.Max : double.NaN,
            MinTime = hasFinite ? snapshot.Segment(bucket.ArgMin - base0).MinTime : first.FirstTime,
            MaxTime = hasFinite ? snapshot.Segment(bucket.ArgMax - base0).MaxTime : first.FirstTime,
        });
        return after - 1;
    }

    private static long ColumnEnd(long time, long step) => (ColumnOf(time, step) + 1) * step;
}
