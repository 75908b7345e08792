using Weir.Engine.Chunks;
using Weir.Engine.Ladders;
using Weir.Engine.Series;

namespace Weir.Engine.Downsampling;

/// <summary>
/// Reads columns off a series from edge to edge. Of a column that reaches over many chunks only the two points at each edge are decoded: its extremes
/// come from the ladder, and a chunk that an edge cuts is looked into only where its summary says that it may outdo the chunks between.
/// </summary>
internal readonly ref struct LadderColumns(SeriesSnapshot snapshot, long step, Columns into)
{
    private readonly ChunkSpace _space = ChunkSpace.OfThread;

    /// <summary>Adds the columns of all points with <c>from ≤ time &lt; to</c>.</summary>
    public void Read(long from, long to)
    {
        var at = EdgeAt(from, snapshot.SegmentAt(from));
        while (at.Segment < snapshot.SegmentCount)
        {
            var segment = snapshot.Segment(at.Segment);
            var time = segment.TimeAt(at.Position, _space);
            if (time >= to) return;
            var number = M4.ColumnOf(time, step);
            var end = Math.Min(M4.ColumnEnd(number, step), to);
            if (end <= segment.LastTime) at = AddShort(at, to);
            else at = AddLong(number, at, time, end);
        }
    }

    /// <summary>Where the points from a time on begin, in the first segment that reaches up to it.</summary>
    private Edge EdgeAt(long time, int segment) => new(segment, segment == snapshot.SegmentCount ? 0 : snapshot.Segment(segment).PositionOf(time, _space));

    /// <summary>Columns that end in the chunk in which they begin: there are so many that all its points are looked at.</summary>
    private Edge AddShort(Edge begin, long to)
    {
        var segment = snapshot.Segment(begin.Segment);
        // The last column of the chunk may go on in the next.
        var end = segment.PositionOf(to <= segment.LastTime ? to : M4.ColumnOf(segment.LastTime, step) * step, _space);
        M4.Reduce(segment.Times(_space)[begin.Position..end], segment.Values(_space)[begin.Position..end], step, into);
        return begin with { Position = end };
    }

    /// <summary>A column that reaches at least to the end of the segment in which it begins. Returns where the next may begin.</summary>
    private Edge AddLong(long number, Edge begin, long beginTime, long endTime)
    {
        var end = EdgeAt(endTime, snapshot.SegmentAt(endTime, begin.Segment));
        var first = snapshot.Segment(begin.Segment).ValueAt(begin.Position, _space);
        var (from, to, head) = (begin.Position == 0 ? begin.Segment : begin.Segment + 1, Math.Min(end.Segment, snapshot.SealedCount), snapshot.SealedCount);
        var bucket = from < to ? snapshot.Summary(from, to) : Bucket.Empty;
        if (begin.Position > 0)
        {
            var tail = Part(begin.Segment, begin.Position, snapshot.Segment(begin.Segment).Count, beginTime, long.MaxValue, bucket);
            tail.Merge(bucket);
            bucket = tail;
        }
        if (end.Position > 0) bucket.Merge(Part(end.Segment, 0, end.Position, long.MinValue, endTime, bucket));
        // The head is in no ladder.
        else if (from <= head && head < end.Segment) bucket.Merge(Part(head, 0, snapshot.Segment(head).Count, long.MinValue, long.MaxValue, bucket));

        var (lastTime, last) = PointBefore(end);
        var hasFinite = bucket.HasFinite;
        into.Add(new Column
        {
            Number = number,
            FirstTime = beginTime,
            MinTime = hasFinite ? bucket.MinTime : beginTime,
            MaxTime = hasFinite ? bucket.MaxTime : beginTime,
            LastTime = lastTime,
            First = first,
            Min = hasFinite ? bucket.Min : double.NaN,
            Max = hasFinite ? bucket.Max : double.NaN,
            Last = last,
        });
        return end;
    }

    /// <summary>The extremes of a part of a segment; empty where they cannot outdo those of the column's other points.</summary>
    private Bucket Part(int segment, int from, int to, long fromTime, long toTime, in Bucket others)
    {
        if (segment < snapshot.SealedCount)
        {
            var whole = snapshot.Summary(segment, segment + 1);
            var (mayBeMin, mayBeMax) = (whole.HasFinite && whole.Min <= others.Min, whole.HasFinite && whole.Max >= others.Max);
            var (hasMin, hasMax) = (whole.MinTime >= fromTime && whole.MinTime < toTime, whole.MaxTime >= fromTime && whole.MaxTime < toTime);
            if ((hasMin || !mayBeMin) && (hasMax || !mayBeMax))
            {
                var part = Bucket.Empty;
                if (mayBeMin) (part.Min, part.MinTime) = (whole.Min, whole.MinTime);
                if (mayBeMax) (part.Max, part.MaxTime) = (whole.Max, whole.MaxTime);
                return part;
            }
        }
        var chunk = snapshot.Segment(segment);
        // All of them: the next column most likely asks for the rest.
        var values = chunk.Values(_space)[from..to];
        var extremes = Extremes.Of(values);
        if (extremes.ArgMin < 0) return Bucket.Empty;
        return new Bucket
        {
            Min = values[extremes.ArgMin],
            Max = values[extremes.ArgMax],
            MinTime = chunk.TimeAt(from + extremes.ArgMin, _space),
            MaxTime = chunk.TimeAt(from + extremes.ArgMax, _space),
        };
    }

    private (long Time, double Value) PointBefore(Edge edge)
    {
        if (edge.Position == 0)
        {
            var before = snapshot.Segment(edge.Segment - 1);
            return (before.LastTime, before.ValueAt(before.Count - 1, _space));
        }
        var segment = snapshot.Segment(edge.Segment);
        // The point after it is the first of the next column.
        return (segment.TimeAt(edge.Position - 1, _space), segment.Values(edge.Position - 1, edge.Position + 1, _space)[0]);
    }

    /// <summary>Where points begin: the first of them is at a position in a segment.</summary>
    private readonly record struct Edge(int Segment, int Position);
}
