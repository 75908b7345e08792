using System.Runtime.InteropServices;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Engine.Windows;

namespace Weir.Engine.Rollups;

/// <summary>
/// The seconds, minutes, hours and days of one series. Points go into the open minute as they come; a minute that is over is packed; hours are made from
/// packed minutes and days from hours, when they are over or when a part has to go before. After late points the minutes they touch are made anew from
/// the raw points.
/// </summary>
/// <remarks>
/// The engine's loop changes it and anyone may read it; both hold a lock for the microseconds of copying references. Minutes whose raw points are gone
/// keep the value they had, and so do hours whose minutes are gone. A minute or an hour of which a part is gone is gone: what still
/// comes for it goes on into the next longer.
/// </remarks>
internal sealed partial class SeriesRollups
{
    /// <summary>Days at the very ends of what nanoseconds reach (in 1677 and 2262) are left out, since their ends could not be told.</summary>
    private const long TimeMin = long.MinValue + 2 * DayLength;
    private const long TimeMax = long.MaxValue - 2 * DayLength;
    private const long DayLength = 86_400_000_000_000;

    /// <summary>This object, its lock and its three tiers.</summary>
    private const long BytesOfObjects = 520;

    private readonly Lock _gate = new();
    private readonly TimeSeries _series;
    private readonly OpenSketches _sketches;
    private readonly long _lateness;
    private OpenMinute _open = new();
    private long _readTo = long.MinValue;

    // The stretch that late points touched, from the first to the last of them, and that is to be made anew.
    private long _correctedFrom = long.MaxValue;
    private long _correctedTo = long.MinValue;
    private long _version;

    public SeriesRollups(TimeSeries series, OpenSketches sketches, long lateness)
    {
        (_series, _sketches, _lateness) = (series, sketches, Math.Min(lateness, long.MaxValue / 2));
        Seconds = series.Kind == SeriesKind.Histogram ? new(this, Granularity.Second) : null;
        (Minutes, Hours, Days) = (new(this, Granularity.Minute), new(this, Granularity.Hour), new(this, Granularity.Day));
    }

    /// <summary>Those of the store that it belongs to.</summary>
    public OpenSketches Sketches => _sketches;

    /// <summary>Of a histogram: its intervals as they came.</summary>
    public RollupTier? Seconds { get; }

    public RollupTier Minutes { get; }

    public RollupTier Hours { get; }

    public RollupTier Days { get; }

    /// <summary>Bytes of all buckets, the open one included.</summary>
    public long Bytes => (Seconds is null ? 0 : 72 + Seconds.Bytes) + Minutes.Bytes + Hours.Bytes + Days.Bytes + _open.Bytes + BytesOfObjects;

    /// <summary>What of <see cref="Bytes"/> the total already holds.</summary>
    public long BytesCounted { get; set; }

    /// <summary>When, by the engine's clock, the series last brought points.</summary>
    public long ActiveAt { get; private set; } = long.MinValue;

    /// <summary>Whether it waits for <see cref="Settle"/>.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Whether its series has left, and all is let go.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether late points are to be worked in. For the engine's loop.</summary>
    public bool IsCorrected => _correctedFrom != long.MaxValue;

    /// <summary>Whether late points are to be worked in, or an hour is over. For the engine's loop.</summary>
    public bool HasWork => IsCorrected || (_open.Start != long.MinValue && Tumbling.StartOf(_open.Start, Hours.Length) > Minutes.MadeTo);

    public RollupTier? Tier(Granularity granularity) => granularity switch { Granularity.Second => Seconds, Granularity.Minute => Minutes, Granularity.Hour => Hours, _ => Days };

    /// <summary>Its series has left.</summary>
    public void End()
    {
        lock (_gate) _open.End(_sketches);
        IsOver = true;
    }

    /// <summary>Takes note of what late points of the series' last round, at a time of the engine's clock, changed.</summary>
    public void Note(SeriesSnapshot snapshot, long now)
    {
        ActiveAt = now;
        var corrected = snapshot.CorrectedSince(_version);
        _version = snapshot.Version;
        if (corrected > _readTo) return;
        _correctedFrom = Math.Min(_correctedFrom, corrected);
        _correctedTo = Math.Max(_correctedTo, _series.LateTimes is [.., var last] ? last : long.MaxValue);
    }

    /// <summary>Takes in the next piece of new points; false after the last.</summary>
    public bool Run(SeriesSnapshot snapshot, PointBuffer buffer)
    {
        lock (_gate) return Read(snapshot, buffer) && buffer.IsFull;
    }

    /// <summary>
    /// Takes in an interval of a histogram. False when it belongs to a minute before the open one and is refused. Afterwards
    /// <see cref="HasWork"/> tells whether something is left for <see cref="Settle"/>.
    /// </summary>
    public bool TryTake(Interval interval)
    {
        lock (_gate)
        {
            var start = Tumbling.StartOf(interval.Time, Minutes.Length);
            if (start < _open.Start || interval.Time < TimeMin || interval.Time >= TimeMax) return false;
            if (start != _open.Start) Open(start);
            _open.Add(interval.State, interval.Sketch, _sketches);
            if (Seconds is not null) Put(Seconds, new(Tumbling.StartOf(interval.Time, Seconds.Length), interval.State, interval.Sketch));
            return true;
        }
    }

    /// <summary>Makes anew what late points touched, then the hours and days that are over. Returns how many points and buckets that took.</summary>
    public long Settle(PointBuffer buffer)
    {
        lock (_gate)
        {
            var work = 0L;
            if (IsCorrected) work += Redo(_series.Snapshot, buffer);
            if (_open.Start == long.MinValue) return work;
            work += MakeTo(Minutes, Tumbling.StartOf(_open.Start, Hours.Length));
            work += MakeTo(Hours, Tumbling.StartOf(_open.Start, Days.Length));
            return work;
        }
    }

    /// <summary>
    /// Lets the oldest buckets of a tier go: those that ended by a time, or at least one. What the next longer does not hold yet goes into it first; unless at
    /// least one has to go, only of a series that brought nothing since, since late points make such buckets anew. Returns how many went.
    /// </summary>
    public int Expire(RollupTier tier, long endedBy, bool atLeastOne)
    {
        if (!atLeastOne && ActiveAt > endedBy) endedBy = Math.Min(endedBy, Final(tier));
        endedBy = Math.Max(endedBy, TimeMin);
        lock (_gate)
        {
            if (tier == Minutes && tier.Count == 0 && _open.HasPoints && (atLeastOne || _open.Start <= endedBy - tier.Length)) Open(_open.Start);
            var expired = tier.FirstAtOrAfter(endedBy - tier.Length + 1);
            if (atLeastOne) expired = Math.Max(expired, Math.Min(1, tier.Count));
            if (expired == 0) return 0;
            MakeTo(tier, tier.Buckets[expired - 1].Start + tier.Length);
            tier.RemoveOldest(expired);
            return expired;
        }
    }

    /// <summary>Where the oldest bucket of a tier ends; <see cref="long.MaxValue"/> when it has none. For the engine's loop.</summary>
    public long OldestEnd(RollupTier tier) =>
        tier.Count > 0 ? tier.Buckets[0].Start + tier.Length : tier == Minutes && _open.HasPoints ? _open.Start + tier.Length : long.MaxValue;

    /// <summary>The buckets that begin at or after <paramref name="from"/> and before <paramref name="to"/>; those still open are as far as they are.</summary>
    public List<RollupBucket> Read(Granularity granularity, long from, long to)
    {
        var (days, hours, minutes) = (new List<RollupBucket>(), new List<RollupBucket>(), new List<RollupBucket>());
        if (Tier(granularity) is not { } tier) return [];
        long goneBefore;
        lock (_gate)
        {
            goneBefore = tier.GoneBefore;
            if (tier == Seconds) return [.. Seconds.Buckets[Seconds.FirstAtOrAfter(from)..Seconds.FirstAtOrAfter(to)]];
            if (granularity == Granularity.Day) days.AddRange(Days.Buckets[Days.FirstAtOrAfter(from)..]);
            if (granularity >= Granularity.Hour) hours.AddRange(Hours.Buckets[Hours.FirstAtOrAfter(granularity == Granularity.Day ? Hours.MadeTo : from)..]);
            minutes.AddRange(Minutes.Buckets[Minutes.FirstAtOrAfter(granularity == Granularity.Minute ? from : Minutes.MadeTo)..]);
            if (_open.HasPoints) minutes.Add(_open.ToBucket(_sketches));
        }
        // Hours and days that are not over are made for the reader alone.
        if (granularity >= Granularity.Hour) Merge(CollectionsMarshal.AsSpan(minutes), Hours.Length, hours);
        if (granularity == Granularity.Day) Merge(CollectionsMarshal.AsSpan(hours), Days.Length, days);
        var read = granularity switch { Granularity.Minute => minutes, Granularity.Hour => hours, _ => days };
        read.RemoveAll(bucket => bucket.Start < from || bucket.Start >= to || bucket.Start < goneBefore);
        return read;
    }

    private bool Read(SeriesSnapshot snapshot, PointBuffer buffer)
    {
        if (!buffer.Read(snapshot, _readTo + 1)) return false;
        Take(buffer.Times, buffer.Values);
        return true;
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
            if (start != _open.Start) Open(start);
            var count = times[^1] < start + Minutes.Length ? times.Length : Search.FirstAtOrAfter(times, start + Minutes.Length);
            _open.Add(values[..count], _sketches);
            times = times[count..];
            values = values[count..];
        }
    }

    /// <summary>Packs the open minute and opens another, or the same again.</summary>
    private void Open(long start)
    {
        if (_open.HasPoints) Put(Minutes, _open.ToBucket(_sketches));
        _open.Begin(start, _sketches);
    }

    /// <summary>Takes back what was made of parts from a time on, as far as all of the parts are still there.</summary>
    private static void TakeBack(RollupTier parts, RollupTier wholes, long time)
    {
        var start = Tumbling.StartOf(Math.Max(time, parts.GoneBefore), wholes.Length);
        if (start < parts.GoneBefore) start += wholes.Length;
        start = Math.Max(start, wholes.GoneBefore);
        if (start >= parts.MadeTo) return;
        wholes.RemoveFrom(start);
        parts.MadeTo = start;
    }

    /// <summary>Up to where the next longer buckets are made of a tier and late points no longer change them.</summary>
    private long Final(RollupTier tier)
    {
        if (Next(tier) is not { } next) return long.MaxValue;
        return _open.Start < TimeMin + _lateness ? long.MinValue : Math.Min(tier.MadeTo, Tumbling.StartOf(_open.Start - _lateness, next.Length));
    }

    private RollupTier? Next(RollupTier tier) => tier == Minutes ? Hours : tier == Hours ? Days : null;

    /// <summary>Makes the next longer buckets from those of a tier that begin before a time. Returns how many those are.</summary>
    private int MakeTo(RollupTier parts, long to)
    {
        if (to <= parts.MadeTo || Next(parts) is not { } wholes) return 0;
        var group = parts.Buckets[parts.FirstAtOrAfter(parts.MadeTo)..parts.FirstAtOrAfter(to)];
        parts.MadeTo = to;
        if (group.IsEmpty) return 0;
        // The last may have begun already, with parts that had to go before it was over.
        var begun = wholes.FirstAtOrAfter(Tumbling.StartOf(group[0].Start, wholes.Length));
        var made = new List<RollupBucket>();
        if (begun < wholes.Count)
        {
            made.Add(wholes.Buckets[begun]);
            wholes.RemoveFrom(made[0].Start);
        }
        Merge(group, wholes.Length, made);
        foreach (var bucket in made) Put(wholes, bucket);
        return group.Length;
    }

    private void Put(RollupTier tier, RollupBucket bucket)
    {
        if (bucket.Start >= tier.GoneBefore) tier.Put(bucket);
        else if (Next(tier) is { } next) Put(next, RollupBucket.Merge(Tumbling.StartOf(bucket.Start, next.Length), [bucket]));
    }

    /// <summary>Joins parts to longer buckets, the first of them with the last one there is when it belongs to it.</summary>
    private static void Merge(ReadOnlySpan<RollupBucket> parts, long length, List<RollupBucket> into)
    {
        while (parts.Length > 0)
        {
            var start = Tumbling.StartOf(parts[0].Start, length);
            var count = 1;
            while (count < parts.Length && parts[count].Start - start < length) count++;
            if (into.Count > 0 && into[^1].Start == start) into[^1] = RollupBucket.Merge(start, [into[^1], .. parts[..count]]);
            else into.Add(RollupBucket.Merge(start, parts[..count]));
            parts = parts[count..];
        }
    }
}
