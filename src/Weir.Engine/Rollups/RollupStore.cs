using Weir.Engine.Series;
using Weir.Engine.Sketches;
using Weir.Engine.Windows;

namespace Weir.Engine.Rollups;

/// <summary>
/// Minutes, hours and days of all series of an engine, and the last seconds of histograms. The engine's loop fills it round by round and lets expire what is over its retention;
/// anyone may read.
/// </summary>
/// <remarks>
/// A round takes in new points at once. Making minutes anew after late points and packing hours and days waits in a queue, from which each round
/// takes a bounded piece, so that neither a sender whose points always come late nor the end of a day at which all series have something to pack holds up
/// the loop.
/// </remarks>
public sealed class RollupStore
{
    /// <summary>Points and buckets looked at again in a round: some hundred microseconds.</summary>
    private const long WorkPerRound = 20_000;

    /// <summary>Columns of a heatmap at most.</summary>
    public const int HeatmapColumnsMax = 10_000;

    /// <summary>What a series needs at least: its objects and its places in the queues. Series past <see cref="BytesMax"/> by this have no rollups.</summary>
    internal const int BytesPerSeries = 640;

    /// <summary>A histogram has seconds besides, and a place in the queue of these.</summary>
    internal const int BytesPerHistogram = 760;

    private readonly RollupOptions _options;
    private readonly OpenSketches _sketches;
    private readonly long _lateness;
    private readonly PointBuffer _buffer = new();
    private readonly IntervalQueue _intervals = new();
    private readonly Queue<SeriesRollups> _waiting = new();
    private readonly PriorityQueue<RollupTier, long>[] _oldest = [new(), new(), new(), new()];
    private long _bytesOfSeries;
    private long _bytesNeeded;
    private long _bytes;
    private long _wentEarly;
    private long _refusedLate;
    private int _refusedSeries;

    internal RollupStore(RollupOptions options, long bytesMax, long lateness)
    {
        (_options, _lateness, BytesMax) = (options, lateness, Math.Min(options.BytesMax, bytesMax));
        _sketches = new OpenSketches(options.RelativeError, BytesMax / 4);
    }

    /// <summary>Bytes that it may take: <see cref="RollupOptions.BytesMax"/>, or a quarter of <see cref="EngineOptions.BytesMax"/> where that is less.</summary>
    public long BytesMax { get; }

    /// <summary>Bytes that all buckets take, and what holds them.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Buckets that went before their retention was over, to stay within <see cref="BytesMax"/>.</summary>
    public long WentEarly => Volatile.Read(ref _wentEarly);

    /// <summary>Series that have no rollups, because so many came before them that they would not fit <see cref="BytesMax"/>.</summary>
    public int RefusedSeries => Volatile.Read(ref _refusedSeries);

    /// <summary>Intervals of histograms that were refused because their minute was over.</summary>
    public long RefusedLate => Volatile.Read(ref _refusedLate);

    /// <summary>Intervals of histograms that were lost because more than 10,000, or more than 8 MB of them, waited for the engine.</summary>
    public long Lost => _intervals.Lost;

    /// <summary>Series with late points or hours still to be worked in.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>
    /// The buckets of a series that begin in a range, oldest first; minutes, hours or days without a point are left out. What is still open is
    /// included, as far as it is.
    /// </summary>
    /// <param name="series">A series of the engine.</param>
    /// <param name="from">Beginning of the range, in Unix nanoseconds: the bucket it falls into is the first.</param>
    /// <param name="to">End of the range: buckets that begin there or later are left out.</param>
    /// <param name="granularity">How long the buckets are.</param>
    public IReadOnlyList<RollupBucket> Read(TimeSeries series, long from, long to, Granularity granularity)
    {
        ArgumentNullException.ThrowIfNull(series);
        var rollups = Find(series);
        var length = granularity.Nanoseconds();
        var first = StartOf(from, length);
        return rollups is null ? [] : rollups.Read(granularity, first, to);
    }

    /// <summary>
    /// Sends an interval of a histogram: the sketch of its values, of which a copy is taken. From any thread; the next round takes it in. Intervals of
    /// one minute may come in any order; one whose minute is over when it comes is refused and counted.
    /// </summary>
    /// <param name="series">A series of kind <see cref="SeriesKind.Histogram"/>.</param>
    /// <param name="time">A time within the interval, in Unix nanoseconds.</param>
    /// <param name="sketch">What was recorded in the interval.</param>
    /// <exception cref="ArgumentException">The series is of another kind.</exception>
    public void Append(TimeSeries series, long time, QuantileSketch sketch)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(sketch);
        if (series.Kind != SeriesKind.Histogram)
        {
            throw new ArgumentException($"Series '{series.Key}' is a {series.Kind.ToString().ToLowerInvariant()}; only a histogram takes sketches.", nameof(series));
        }
        var state = new RollupState { Count = sketch.Count, Sum = sketch.Sum, Min = sketch.Min, Max = sketch.Max, First = double.NaN, Last = double.NaN };
        _intervals.Add(new(series, time, state, CompactSketch.Of(sketch)));
    }

    /// <summary>What all buckets of a range come to as one distribution: any quantile of it. The range is that of <see cref="Read"/>.</summary>
    public QuantileSketch Distribution(TimeSeries series, long from, long to, Granularity granularity)
    {
        var sketch = new QuantileSketch(_options.RelativeError);
        foreach (var bucket in Read(series, from, to, granularity)) bucket.MergeInto(sketch);
        return sketch;
    }

    /// <summary>Distributions over time: a column for each second (of a histogram), minute, hour or day of a range, empty where there is no value.</summary>
    /// <param name="series">A series of the engine, of any kind.</param>
    /// <param name="from">Beginning of the range, in Unix nanoseconds: the bucket it falls into is the first column.</param>
    /// <param name="to">End of the range.</param>
    /// <param name="granularity">How much time a column stands for.</param>
    /// <param name="rowsMax">Rows at most: 1 to 512.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="HeatmapColumnsMax"/> columns, or rows outside their range.</exception>
    public Heatmap Heatmap(TimeSeries series, long from, long to, Granularity granularity, int rowsMax = 64)
    {
        var length = granularity.Nanoseconds();
        var first = StartOf(from, length);
        var columns = to <= from ? 0 : ((Int128)to - first + length - 1) / length;
        if (columns > HeatmapColumnsMax) throw new ArgumentOutOfRangeException(nameof(to), to, $"The range has {columns} columns; a heatmap takes {HeatmapColumnsMax:#,0}.");
        var empty = new QuantileSketch(_options.RelativeError);
        var sketches = new QuantileSketch[(int)columns];
        Array.Fill(sketches, empty);
        foreach (var bucket in Read(series, from, to, granularity)) sketches[(bucket.Start - first) / length] = bucket.ToSketch();
        return Sketches.Heatmap.Of(sketches, rowsMax);
    }

    /// <summary>Takes in what a round brought by <paramref name="now"/> (Unix nanoseconds).</summary>
    internal void Run(List<TimeSeries> changed, long now)
    {
        foreach (var series in changed)
        {
            if (series.Kind == SeriesKind.Histogram || (Find(series) ?? Join(series)) is not { } rollups) continue;
            var snapshot = series.Snapshot;
            rollups.Note(snapshot, now);
            bool more;
            do
            {
                more = rollups.Run(snapshot, _buffer);
                Count(rollups, now);
            }
            while (more);
            Enter(rollups);
        }
        while (_intervals.TryTake(out var interval))
        {
            if ((Find(interval.Series) ?? Join(interval.Series)) is not { } rollups) continue;
            if (!rollups.TryTake(interval)) Volatile.Write(ref _refusedLate, _refusedLate + 1);
            Count(rollups, now);
            Enter(rollups);
        }
    }

    private void Enter(SeriesRollups rollups)
    {
        if (!rollups.HasWork || rollups.IsWaiting) return;
        rollups.IsWaiting = true;
        _waiting.Enqueue(rollups);
    }

    /// <summary>Does a bounded piece of what waits and lets a bounded piece go of what expired by <paramref name="now"/> (Unix nanoseconds).</summary>
    internal void Settle(long now)
    {
        var work = 0L;
        while (work < WorkPerRound && _waiting.TryDequeue(out var rollups))
        {
            rollups.IsWaiting = false;
            if (rollups.IsOver) continue;
            work += 1 + rollups.Settle(_buffer);
            // Of old points sent today, what was made just now may be over its retention already.
            foreach (var tier in (ReadOnlySpan<RollupTier>)[rollups.Minutes, rollups.Hours, rollups.Days]) rollups.Expire(tier, ExpiredBy(tier, now), atLeastOne: false);
            Count(rollups, now);
        }
        work = 0;
        foreach (var oldest in _oldest)
        {
            while (work < WorkPerRound && oldest.TryPeek(out var tier, out var end) && end <= ExpiredBy(tier, now)) work += 1 + Expire(oldest.Dequeue(), now, isEarly: false);
        }
    }

    /// <summary>Lets go of all that it keeps of series that left.</summary>
    internal void Remove(IEnumerable<TimeSeries> left)
    {
        foreach (var series in left)
        {
            if (series.IsWithoutRollups && _refusedSeries > 0) Volatile.Write(ref _refusedSeries, _refusedSeries - 1);
            if (Find(series) is not { } rollups) continue;
            _bytesOfSeries -= rollups.BytesCounted;
            _bytesNeeded -= BytesNeeded(series);
            rollups.End();
            Volatile.Write(ref series.Rollups, null);
        }
        // All at once: taking one tier out of a queue would look through the whole of it.
        foreach (var oldest in _oldest)
        {
            var kept = oldest.UnorderedItems.Where(turn => !turn.Element.Owner.IsOver).ToArray();
            oldest.Clear();
            oldest.EnqueueRange(kept);
        }
        CountShared();
    }

    /// <summary>Works late points of a series in before raw points go that it takes.</summary>
    internal void SettleCorrections(TimeSeries series, long now)
    {
        if (Find(series) is not { IsCorrected: true } rollups) return;
        rollups.Settle(_buffer);
        Count(rollups, now);
    }

    private int Expire(RollupTier tier, long now, bool isEarly)
    {
        tier.IsScheduled = false;
        var expired = tier.Owner.Expire(tier, ExpiredBy(tier, now), atLeastOne: isEarly);
        // What is old and may still change is looked at again when the series has been silent for the retention.
        if (expired == 0 && tier.Owner.OldestEnd(tier) <= ExpiredBy(tier, now)) Schedule(tier, notBefore: tier.Owner.ActiveAt);
        CountBytes(tier.Owner);
        return expired;
    }

    private long ExpiredBy(RollupTier tier, long now) => (long)Int128.Max(long.MinValue, (Int128)now - _options.RetentionOf(tier.Granularity).Nanoseconds);

    private void Count(SeriesRollups rollups, long now)
    {
        CountBytes(rollups);
        // Of seconds, minutes, hours and days those go that are furthest on in their retention, so that all reach back the same part of it.
        while (_bytes > BytesMax && FurthestOn(now) is { } oldest) Volatile.Write(ref _wentEarly, _wentEarly + Expire(oldest.Dequeue(), now, isEarly: true));
    }

    private PriorityQueue<RollupTier, long>? FurthestOn(long now)
    {
        PriorityQueue<RollupTier, long>? furthest = null;
        var part = double.NegativeInfinity;
        foreach (var oldest in _oldest)
        {
            if (!oldest.TryPeek(out var tier, out var end)) continue;
            var passed = ((double)now - end) / _options.RetentionOf(tier.Granularity).Nanoseconds;
            if (passed > part) (furthest, part) = (oldest, passed);
        }
        return furthest;
    }

    private void CountBytes(SeriesRollups rollups)
    {
        if (rollups.Seconds is { } seconds) Schedule(seconds);
        Schedule(rollups.Minutes);
        Schedule(rollups.Hours);
        Schedule(rollups.Days);
        _bytesOfSeries += rollups.Bytes - rollups.BytesCounted;
        rollups.BytesCounted = rollups.Bytes;
        CountShared();
    }

    private void CountShared()
    {
        var shared = 8L * _waiting.Capacity;
        foreach (var oldest in _oldest) shared += 16L * oldest.Capacity;
        Volatile.Write(ref _bytes, _bytesOfSeries + shared);
    }

    /// <summary>One entry for a tier, for when its oldest bucket expires: no other series is looked at until then.</summary>
    private void Schedule(RollupTier tier, long notBefore = long.MinValue)
    {
        if (tier.IsScheduled || tier.Owner.OldestEnd(tier) is var end && end == long.MaxValue) return;
        tier.IsScheduled = true;
        _oldest[(int)tier.Granularity].Enqueue(tier, Math.Max(end, notBefore));
    }

    /// <summary>Before this, buckets of a series are gone; <see cref="long.MinValue"/> when none is.</summary>
    internal long GoneBefore(TimeSeries series, Granularity granularity) => Find(series)?.Tier(granularity)?.GoneBefore ?? long.MinValue;

    private static long StartOf(long time, long length) => time < long.MinValue + length ? long.MinValue : Tumbling.StartOf(time, length);

    /// <summary>What this store keeps of a series; nothing of one of another engine.</summary>
    private SeriesRollups? Find(TimeSeries series) => Volatile.Read(ref series.Rollups) is SeriesRollups rollups && rollups.Sketches == _sketches ? rollups : null;

    /// <summary>Makes a place for a series; null when there is none left.</summary>
    private SeriesRollups? Join(TimeSeries series)
    {
        if (series.IsWithoutRollups || series.HasLeft) return null;
        var needed = BytesNeeded(series);
        if (_bytesNeeded + needed > BytesMax)
        {
            series.IsWithoutRollups = true;
            Volatile.Write(ref _refusedSeries, _refusedSeries + 1);
            return null;
        }
        _bytesNeeded += needed;
        var rollups = new SeriesRollups(series, _sketches, _lateness);
        Volatile.Write(ref series.Rollups, rollups);
        return rollups;
    }

    private static int BytesNeeded(TimeSeries series) => series.Kind == SeriesKind.Histogram ? BytesPerHistogram : BytesPerSeries;
}
