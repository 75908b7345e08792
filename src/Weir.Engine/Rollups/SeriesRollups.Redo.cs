using System.Runtime.InteropServices;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Engine.Windows;

namespace Weir.Engine.Rollups;

/// <summary>
/// Makes anew from raw points what late points touched, and nothing else: minutes where there are minutes; where these have gone already hours, and
/// where those have gone days. A bucket that lost raw points to eviction keeps the value it had; where there is none, one is made of what the series holds.
/// </summary>
internal sealed partial class SeriesRollups
{
    /// <summary>Returns how many points that took.</summary>
    private long Redo(SeriesSnapshot snapshot, PointBuffer buffer)
    {
        var (from, to) = (Math.Clamp(_correctedFrom, TimeMin, TimeMax), Math.Clamp(_correctedTo, TimeMin, TimeMax - 1) + 1);
        (_correctedFrom, _correctedTo) = (long.MaxValue, long.MinValue);
        return RedoWholes(Hours, Days, from, to, snapshot, buffer) + RedoWholes(Minutes, Hours, from, to, snapshot, buffer) + RedoMinutes(from, to, snapshot, buffer);
    }

    /// <summary>Hours or days whose parts have gone.</summary>
    private long RedoWholes(RollupTier parts, RollupTier wholes, long from, long to, SeriesSnapshot snapshot, PointBuffer buffer)
    {
        var gone = parts.GoneBefore;
        if (gone == long.MinValue) return 0;
        // The last of them may still wait for parts that are there, which join it when it is over.
        var end = parts.MadeTo > gone ? EndOf(gone, wholes.Length) : gone;
        var (start, stop) = (Math.Max(Tumbling.StartOf(from, wholes.Length), wholes.GoneBefore), Math.Min(EndOf(to, wholes.Length), end));
        if (start >= stop) return 0;
        var (made, read) = (new List<RollupBucket>(), 0L);
        for (var time = snapshot.TimeAfter(start - 1); time < stop;)
        {
            var begin = Tumbling.StartOf(time, wholes.Length);
            var until = Math.Min(begin + wholes.Length, stop);
            var (minutes, hours) = (new List<RollupBucket>(), new List<RollupBucket>());
            read += ReadMinutes(snapshot, begin, until, buffer, minutes);
            Merge(CollectionsMarshal.AsSpan(minutes), Hours.Length, hours);
            if (wholes == Hours) made.AddRange(hours);
            else Merge(CollectionsMarshal.AsSpan(hours), Days.Length, made);
            time = snapshot.TimeAfter(until - 1);
        }
        wholes.Replace(start, stop, made, keptThrough: _series.EvictedTo);
        if (Next(wholes) is { } next) TakeBack(wholes, next, start);
        return read;
    }

    private long RedoMinutes(long from, long to, SeriesSnapshot snapshot, PointBuffer buffer)
    {
        var start = Math.Max(Tumbling.StartOf(from, Minutes.Length), Minutes.GoneBefore);
        if (start > _open.Start) return 0;
        var stop = Math.Min(EndOf(to, Minutes.Length), _open.Start);
        var read = 0L;
        if (start >= stop && to <= _open.Start) return 0;
        if (start < stop)
        {
            var made = new List<RollupBucket>();
            read = ReadMinutes(snapshot, start, stop, buffer, made);
            Minutes.Replace(start, stop, made, keptThrough: _series.EvictedTo);
        }
        TakeBack(Minutes, Hours, start);
        TakeBack(Hours, Days, start);
        if (to <= _open.Start || _open.Start <= _series.EvictedTo) return read;
        (_readTo, var open) = (_open.Start - 1, _open.Start);
        Minutes.RemoveFrom(open);
        _open.Begin(long.MinValue, _sketches);
        while (Read(snapshot, buffer)) read += buffer.Times.Length;
        return read;
    }

    /// <summary>Adds the minutes of the points with <c>from ≤ time &lt; to</c>. Returns how many points there are.</summary>
    private long ReadMinutes(SeriesSnapshot snapshot, long from, long to, PointBuffer buffer, List<RollupBucket> into)
    {
        var (minute, read) = (new OpenMinute(), 0L);
        while (from < to && buffer.Read(snapshot, from))
        {
            var count = Search.FirstAtOrAfter(buffer.Times, to);
            for (var i = 0; i < count;)
            {
                var start = Tumbling.StartOf(buffer.Times[i], Minutes.Length);
                var end = Math.Min(count, Search.FirstAtOrAfter(buffer.Times, start + Minutes.Length, i));
                if (start != minute.Start)
                {
                    if (minute.HasPoints) into.Add(minute.ToBucket(_sketches));
                    minute.Begin(start, _sketches);
                }
                minute.Add(buffer.Values[i..end], _sketches);
                i = end;
            }
            read += count;
            from = count < buffer.Times.Length ? to : buffer.Times[^1] + 1;
        }
        if (minute.HasPoints) into.Add(minute.ToBucket(_sketches));
        minute.End(_sketches);
        return read;
    }

    private static long EndOf(long time, long length) => Tumbling.StartOf(time - 1, length) + length;
}
