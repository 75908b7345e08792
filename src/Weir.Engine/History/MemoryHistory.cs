using Weir.Engine.Downsampling;
using Weir.Engine.Rollups;
using Weir.Engine.Series;
using Weir.Engine.Windows;

namespace Weir.Engine.History;

/// <summary>History from memory: raw points as far back as they are all there, before that minutes, hours where minutes are gone, and days where hours are gone.</summary>
/// <param name="rollups">Null where there are none.</param>
internal sealed class MemoryHistory(RollupStore? rollups) : ISeriesHistory
{
    private const long Day = 86_400_000_000_000;

    /// <summary>Rollups leave out what lies within two days of the ends of time.</summary>
    private const long TimeMin = long.MinValue + 2 * Day;
    private const long TimeMax = long.MaxValue - 2 * Day;

    /// <summary>Of series that belong to no engine.</summary>
    public static readonly MemoryHistory OfPoints = new(null);

    public void ReadPoints(TimeSeries series, long from, long to, List<long> times, List<double> values, int limit = int.MaxValue) =>
        series.Snapshot.Read(from, to, times, values, limit);

    public IReadOnlyList<RollupBucket> ReadBuckets(TimeSeries series, long from, long to, Granularity granularity) =>
        rollups?.Read(series, from, to, granularity) ?? [];

    public void ReadColumns(TimeSeries series, long from, long to, long step, Columns into, SeriesSnapshot? snapshot = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        snapshot ??= series.Snapshot;
        // Within a day of the last point that went, its bucket may reach into the range.
        var isNear = snapshot.EvictedTo is > TimeMin and < TimeMax && snapshot.EvictedTo + Day > from;
        if (rollups is not null && isNear) from = ReadRollups(rollups, series, from, to, step, snapshot.EvictedTo, into);
        if (from < to) M4.Read(snapshot, from, to, step, into);
    }

    /// <summary>Adds what has been let go of; returns where the points go on.</summary>
    private static long ReadRollups(RollupStore rollups, TimeSeries series, long from, long to, long step, long evictedTo, Columns into)
    {
        var (minutesGone, hoursGone) = (rollups.GoneBefore(series, Granularity.Minute), rollups.GoneBefore(series, Granularity.Hour));
        var finest = evictedTo >= minutesGone ? Granularity.Minute : evictedTo >= hoursGone ? Granularity.Hour : Granularity.Day;
        // The bucket in which the last point went is all there, and the points that are left of it are in it.
        var pointsFrom = EndOf(evictedTo, finest);
        if (pointsFrom <= from) return from;
        var daysTo = hoursGone == long.MinValue ? from : Math.Min(EndOf(hoursGone - 1, Granularity.Day), pointsFrom);
        var hoursTo = minutesGone == long.MinValue ? from : Math.Min(EndOf(minutesGone - 1, Granularity.Hour), pointsFrom);
        (daysTo, hoursTo) = (Math.Max(from, daysTo), Math.Max(from, Math.Max(daysTo, hoursTo)));
        var found = Add(Granularity.Day, from, daysTo) + Add(Granularity.Hour, daysTo, hoursTo) + Add(Granularity.Minute, hoursTo, pointsFrom);
        return found == 0 ? from : Math.Max(from, pointsFrom);

        // A bucket that begins before the range counts as found: whoever reads the stretch before has it.
        int Add(Granularity granularity, long begin, long end)
        {
            if (begin >= end) return 0;
            var buckets = rollups.Read(series, begin, end, granularity);
            foreach (var bucket in buckets)
            {
                if (bucket.Start >= from && bucket.Start >= begin && bucket.Start < to) into.Add(ColumnOf(bucket, granularity.Nanoseconds(), step));
            }
            return buckets.Count;
        }
    }

    private static Column ColumnOf(RollupBucket bucket, long length, long step)
    {
        var number = M4.ColumnOf(bucket.Start, step);
        // When in the bucket a value came is not known: first and last stand at its ends, the extremes in the middle, all in the column where it begins.
        var last = Math.Min(bucket.Start + length, M4.ColumnEnd(number, step)) - 1;
        var middle = bucket.Start + (last - bucket.Start) / 2;
        return new Column
        {
            Number = number, FirstTime = bucket.Start, MinTime = middle, MaxTime = middle, LastTime = last,
            First = bucket.First, Min = bucket.Min, Max = bucket.Max, Last = bucket.Last, IsRollup = true,
        };
    }

    private static long EndOf(long time, Granularity granularity) => Tumbling.StartOf(time, granularity.Nanoseconds()) + granularity.Nanoseconds();
}
