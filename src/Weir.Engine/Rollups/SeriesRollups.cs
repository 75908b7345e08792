using System.Runtime.InteropServices;
using Weir.Engine.Series;
using Weir.Engine.Sketches;
using Weir.Engine.Windows;

namespace Weir.Engine.Rollups;

/// <summary>
/// The minutes, hours and days of one series. Points go into the open minute as they come; a minute that is over is packed; hours are made from
/// packed minutes and days from hours. After late points the minutes they touch are made anew from the raw points.
/// </summary>
/// <remarks>
/// The engine's loop changes it and anyone may read it; both hold a lock for the microseconds of copying references. Minutes whose raw points are gone
/// keep the value they had, and so do hours whose minutes are gone.
/// </remarks>
internal sealed class SeriesRollups
{
    /// <summary>Days at the very ends of what nanoseconds reach (in 1677 and 2262) are left out, since their ends could not be told.</summary>
    private const long TimeMin = long.MinValue + 2 * DayLength;
    private const long TimeMax = long.MaxValue - 2 * DayLength;
    private const long DayLength = 86_400_000_000_000;

    private readonly Lock _gate = new();
    private readonly TimeSeries _series;
    private readonly QuantileSketch _sketch;
    private RollupState _state = RollupState.Empty;
    private long _openStart = long.MinValue;
    private long _readTo = long.MinValue;
    private long _correctedFrom = long.MaxValue;
    private long _version;

    public SeriesRollups(TimeSeries series, RollupOptions options)
    {
        _series = series;
        _sketch = new QuantileSketch(options.RelativeError);
        (Minutes, Hours, Days) = (new(this, Granularity.Minute), new(this, Granularity.Hour), new(this, Granularity.Day));
    }

    public RollupTier Minutes { get; }

    public RollupTier Hours { get; }

    public RollupTier Days { get; }

    /// <summary>Up to where hours are made.</summary>
    public long HoursTo { get; private set; } = long.MinValue;

    /// <summary>Up to where days are made.</summary>
    public long DaysTo { get; private set; } = long.MinValue;

    /// <summary>Bytes of all buckets, the open one included.</summary>
    public long Bytes => Minutes.Bytes + Hours.Bytes + Days.Bytes + _sketch.Bytes + BytesOfObjects;

    /// <summary>What of <see cref="Bytes"/> the total already holds.</summary>
    public long BytesCounted { get; set; }

    /// <summary>Whether it waits for <see cref="Settle"/>.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>This object, its three tiers and its sketch.</summary>
    private const long BytesOfObjects = 800;

    /// <summary>Whether late points are to be worked in, or an hour is over. For the engine's loop.</summary>
    public bool HasWork => _correctedFrom != long.MaxValue || (_openStart != long.MinValue && Tumbling.StartOf(_openStart, Hours.Length) > HoursTo);

    /// <summary>Takes in what the series' last round brought. True when something is left for <see cref="Settle"/>.</summary>
    public bool Run(PointBuffer buffer)
    {
        var snapshot = _series.Snapshot;
        lock (_gate)
        {
            var corrected = snapshot.CorrectedSince(_version);
            _version = snapshot.Version;
            if (corrected <= _readTo) _correctedFrom = Math.Min(_correctedFrom, corrected);
            Read(snapshot, buffer);
            return HasWork;
        }
    }

    /// <summary>
    /// Takes in an interval of a histogram. False when it belongs to a minute before the open one and is refused. Afterwards
    /// <see cref="HasWork"/> tells whether something is left for <see cref="Settle"/>.
    /// </summary>
    public bool TryTake(long time, QuantileSketch interval)
    {
        lock (_gate)
        {
            var start = Tumbling.StartOf(time, Minutes.Length);
            if (start < _openStart || time < TimeMin || time >= TimeMax) return false;
            if (start != _openStart) Open(start);
            _state.Add(new RollupState
            {
                Count = interval.Count, Sum = interval.Sum, Min = interval.Min, Max = interval.Max, First = double.NaN, Last = double.NaN,
            });
            _sketch.Merge(interval);
            return true;
        }
    }

    /// <summary>Makes anew what late points touched, then the hours and days that are over. Returns how many points and buckets that took.</summary>
    public long Settle(PointBuffer buffer)
    {
        lock (_gate)
        {
            var work = 0L;
            if (_correctedFrom != long.MaxValue) work += Redo(_series.Snapshot, buffer);
            if (_openStart == long.MinValue) return work;
            var (hour, day) = (Tumbling.StartOf(_openStart, Hours.Length), Tumbling.StartOf(_openStart, Days.Length));
            work += Coarsen(Minutes, Hours, HoursTo, hour);
            HoursTo = Math.Max(HoursTo, hour);
            work += Coarsen(Hours, Days, DaysTo, day);
            DaysTo = Math.Max(DaysTo, day);
            return work;
        }
    }

    /// <summary>
    /// Lets the oldest buckets of a tier go: those that ended by a time, or at least one. Only those of which the next longer is already made.
    /// Returns how many went.
    /// </summary>
    public int Expire(RollupTier tier, long endedBy, bool atLeastOne)
    {
        lock (_gate)
        {
            var last = Expirable(tier);
            var expired = endedBy < TimeMin ? 0 : Math.Min(last, tier.FirstAtOrAfter(endedBy - tier.Length + 1));
            if (atLeastOne) expired = Math.Max(expired, Math.Min(1, last));
            tier.RemoveOldest(expired);
            return expired;
        }
    }

    /// <summary>How many of a tier's buckets may go.</summary>
    public int Expirable(RollupTier tier) => tier.Granularity switch
    {
        Granularity.Minute => tier.FirstAtOrAfter(HoursTo),
        Granularity.Hour => tier.FirstAtOrAfter(DaysTo),
        _ => tier.Count,
    };

    /// <summary>The buckets that begin at or after <paramref name="from"/> and before <paramref name="to"/>; those still open are as far as they are.</summary>
    public List<RollupBucket> Read(Granularity granularity, long from, long to)
    {
        var (days, hours, minutes) = (new List<RollupBucket>(), new List<RollupBucket>(), new List<RollupBucket>());
        lock (_gate)
        {
            if (granularity == Granularity.Day) Copy(Days, days, from, DaysTo);
            if (granularity >= Granularity.Hour) Copy(Hours, hours, granularity == Granularity.Day ? DaysTo : from, HoursTo);
            Copy(Minutes, minutes, granularity == Granularity.Minute ? from : HoursTo, long.MaxValue);
            if (_openStart != long.MinValue) minutes.Add(Open());
        }
        // Hours and days that are not over are made for the reader alone.
        if (granularity >= Granularity.Hour) Merge(CollectionsMarshal.AsSpan(minutes), Hours.Length, hours);
        if (granularity == Granularity.Day) Merge(CollectionsMarshal.AsSpan(hours), Days.Length, days);
        var read = granularity switch { Granularity.Minute => minutes, Granularity.Hour => hours, _ => days };
        read.RemoveAll(bucket => bucket.Start < from || bucket.Start >= to);
        return read;
    }

    private static void Copy(RollupTier tier, List<RollupBucket> list, long from, long to) =>
        tier.CopyTo(list, tier.FirstAtOrAfter(from), to == long.MaxValue ? tier.Count : tier.FirstAtOrAfter(to));

    private long Read(SeriesSnapshot snapshot, PointBuffer buffer)
    {
        var read = 0L;
        while (buffer.Read(snapshot, _readTo + 1))
        {
            Take(buffer.Times, buffer.Values);
            read += buffer.Times.Length;
        }
        return read;
    }

    private void Take(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        _readTo = times[^1];
        var (begin, end) = (Search.FirstAtOrAfter(times, TimeMin), Search.FirstAtOrAfter(times, TimeMax));
        times = times[begin..end];
        values = values[begin..end];
        while (times.Length > 0)
        {
            var start = Tumbling.StartOf(times[0], Minutes.Length);
            if (start != _openStart) Open(start);
            var count = times[^1] < start + Minutes.Length ? times.Length : Search.FirstAtOrAfter(times, start + Minutes.Length);
            _state.Add(values[..count]);
            _sketch.Add(values[..count]);
            times = times[count..];
            values = values[count..];
        }
    }

    private void Open(long start)
    {
        if (_openStart != long.MinValue) Minutes.Add(Open());
        _openStart = start;
        _state = RollupState.Empty;
        _sketch.Clear();
    }

    private RollupBucket Open() => new(_openStart, _state, CompactSketch.Of(_sketch));

    /// <summary>Goes back to the minute of the earliest late point and reads on from there, as if everything had come in order.</summary>
    private long Redo(SeriesSnapshot snapshot, PointBuffer buffer)
    {
        var from = Math.Max(_correctedFrom, snapshot.FirstTime);
        _correctedFrom = long.MaxValue;
        var start = Tumbling.StartOf(from, Minutes.Length);
        // A minute whose beginning was evicted keeps the value it had.
        if (start < snapshot.FirstTime && snapshot.FirstOrdinal > 0) start += Minutes.Length;
        start = Math.Max(start, Minutes.GoneBefore);
        if (start > _openStart) return 0;
        Minutes.RemoveFrom(start);
        HoursTo = Back(Minutes, Hours, HoursTo, start);
        DaysTo = Back(Hours, Days, DaysTo, start);
        _openStart = long.MinValue;
        _readTo = start - 1;
        return Read(snapshot, buffer);
    }

    /// <summary>Takes back what was made of parts from a time on, as far as all of the parts are still there.</summary>
    private static long Back(RollupTier parts, RollupTier wholes, long madeTo, long time)
    {
        var start = Tumbling.StartOf(time, wholes.Length);
        if (start < parts.GoneBefore) start += wholes.Length;
        if (start >= madeTo) return madeTo;
        wholes.RemoveFrom(start);
        return start;
    }

    /// <summary>Makes the longer buckets that begin from <paramref name="from"/> on and before <paramref name="to"/>.</summary>
    private static long Coarsen(RollupTier parts, RollupTier wholes, long from, long to)
    {
        var group = new List<RollupBucket>();
        Copy(parts, group, from, to);
        var made = new List<RollupBucket>();
        Merge(CollectionsMarshal.AsSpan(group), wholes.Length, made);
        foreach (var bucket in made) wholes.Add(bucket);
        return group.Count;
    }

    private static void Merge(ReadOnlySpan<RollupBucket> parts, long length, List<RollupBucket> into)
    {
        while (parts.Length > 0)
        {
            var start = Tumbling.StartOf(parts[0].Start, length);
            var count = 1;
            while (count < parts.Length && parts[count].Start - start < length) count++;
            into.Add(RollupBucket.Merge(start, parts[..count]));
            parts = parts[count..];
        }
    }
}
