using Weir.Engine.Series;
using Weir.Engine.Sketches;
using Weir.Engine.Windows;

namespace Weir.Engine.Rollups;

/// <summary>
/// Minutes, hours and days of all series of an engine. The engine's loop fills it round by round and lets expire what is over its retention;
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

    private readonly RollupOptions _options;
    private readonly PointBuffer _buffer = new();
    private readonly IntervalQueue _intervals = new();
    private readonly Queue<SeriesRollups> _waiting = new();
    private readonly PriorityQueue<RollupTier, long> _expiring = new();
    private SeriesRollups?[] _bySeries = new SeriesRollups?[64];
    private long _bytes;
    private long _wentEarly;
    private long _refusedLate;

    internal RollupStore(RollupOptions options)
    {
        options.Validate();
        _options = options;
    }

    /// <summary>Bytes that all buckets take.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Buckets that went before their retention was over, to stay within <see cref="RollupOptions.BytesMax"/>.</summary>
    public long WentEarly => Volatile.Read(ref _wentEarly);

    /// <summary>Intervals of histograms that were refused because their minute was over.</summary>
    public long RefusedLate => Volatile.Read(ref _refusedLate);

    /// <summary>Intervals of histograms that were lost because more than 10,000 waited for the engine.</summary>
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
        var first = from < long.MinValue + length ? long.MinValue : Tumbling.StartOf(from, length);
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
        var copy = new QuantileSketch(_options.RelativeError);
        copy.Merge(sketch);
        _intervals.Add(new(series, time, copy));
    }

    /// <summary>What all buckets of a range come to as one distribution: any quantile of it. The range is that of <see cref="Read"/>.</summary>
    public QuantileSketch Distribution(TimeSeries series, long from, long to, Granularity granularity)
    {
        var sketch = new QuantileSketch(_options.RelativeError);
        foreach (var bucket in Read(series, from, to, granularity)) bucket.MergeInto(sketch);
        return sketch;
    }

    /// <summary>Distributions over time: a column for each minute, hour or day of a range, empty where there is no value.</summary>
    /// <param name="series">A series of the engine, of any kind.</param>
    /// <param name="from">Beginning of the range, in Unix nanoseconds: the bucket it falls into is the first column.</param>
    /// <param name="to">End of the range.</param>
    /// <param name="granularity">How much time a column stands for.</param>
    /// <param name="rowsMax">Rows at most: 1 to 512.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="HeatmapColumnsMax"/> columns, or rows outside their range.</exception>
    public Heatmap Heatmap(TimeSeries series, long from, long to, Granularity granularity, int rowsMax = 64)
    {
        var length = granularity.Nanoseconds();
        var (first, columns) = (Tumbling.StartOf(from, length), to <= from ? 0 : ((Int128)to - Tumbling.StartOf(from, length) + length - 1) / length);
        if (columns > HeatmapColumnsMax) throw new ArgumentOutOfRangeException(nameof(to), to, $"The range has {columns} columns; a heatmap takes {HeatmapColumnsMax:#,0}.");
        var empty = new QuantileSketch(_options.RelativeError);
        var sketches = new QuantileSketch[(int)columns];
        Array.Fill(sketches, empty);
        foreach (var bucket in Read(series, from, to, granularity)) sketches[(bucket.Start - first) / length] = bucket.ToSketch();
        return Sketches.Heatmap.Of(sketches, rowsMax);
    }

    /// <summary>Takes in what a round brought.</summary>
    internal void Run(List<TimeSeries> changed)
    {
        foreach (var series in changed)
        {
            if (series.Kind == SeriesKind.Histogram) continue;
            var rollups = Find(series) ?? Join(series);
            Enter(rollups, rollups.Run(_buffer));
        }
        while (_intervals.TryTake(out var interval))
        {
            var rollups = Find(interval.Series) ?? Join(interval.Series);
            if (!rollups.TryTake(interval.Time, interval.Sketch)) Volatile.Write(ref _refusedLate, _refusedLate + 1);
            Enter(rollups, rollups.HasWork);
        }
    }

    private void Enter(SeriesRollups rollups, bool hasWork)
    {
        CountBytes(rollups);
        if (!hasWork || rollups.IsWaiting) return;
        rollups.IsWaiting = true;
        _waiting.Enqueue(rollups);
    }

    /// <summary>Does a bounded piece of what waits, then lets go what expired by <paramref name="now"/> (Unix nanoseconds) or is over the limit of bytes.</summary>
    internal void Settle(long now)
    {
        for (var work = 0L; work < WorkPerRound && _waiting.TryDequeue(out var rollups);)
        {
            rollups.IsWaiting = false;
            work += 1 + rollups.Settle(_buffer);
            Schedule(rollups.Minutes);
            Schedule(rollups.Hours);
            Schedule(rollups.Days);
            CountBytes(rollups);
        }
        while (_expiring.TryPeek(out _, out var due) && due <= now && due < long.MaxValue) Expire(_expiring.Dequeue(), now, isEarly: false);
        while (_bytes > _options.BytesMax && _expiring.TryDequeue(out var tier, out _)) Expire(tier, now, isEarly: true);
    }

    private void Expire(RollupTier tier, long now, bool isEarly)
    {
        tier.IsScheduled = false;
        var endedBy = (long)Int128.Max(long.MinValue, (Int128)now - _options.RetentionOf(tier.Granularity).Nanoseconds);
        var expired = tier.Owner.Expire(tier, endedBy, atLeastOne: isEarly);
        if (isEarly) Volatile.Write(ref _wentEarly, _wentEarly + expired);
        CountBytes(tier.Owner);
        Schedule(tier);
    }

    /// <summary>One entry for a tier, for when its oldest bucket expires: no other series is looked at until then.</summary>
    private void Schedule(RollupTier tier)
    {
        if (tier.IsScheduled || tier.Owner.Expirable(tier) == 0) return;
        tier.IsScheduled = true;
        _expiring.Enqueue(tier, (long)Int128.Min(long.MaxValue, (Int128)tier[0].Start + tier.Length + _options.RetentionOf(tier.Granularity).Nanoseconds));
    }

    private void CountBytes(SeriesRollups rollups)
    {
        Volatile.Write(ref _bytes, _bytes + rollups.Bytes - rollups.BytesCounted);
        rollups.BytesCounted = rollups.Bytes;
    }

    private SeriesRollups? Find(TimeSeries series)
    {
        var bySeries = Volatile.Read(ref _bySeries);
        return series.Id < bySeries.Length ? Volatile.Read(ref bySeries[series.Id]) : null;
    }

    private SeriesRollups Join(TimeSeries series)
    {
        if (series.Id >= _bySeries.Length)
        {
            var grown = new SeriesRollups?[Math.Max(series.Id + 1, _bySeries.Length * 2)];
            _bySeries.CopyTo(grown, 0);
            Volatile.Write(ref _bySeries, grown);
        }
        var rollups = new SeriesRollups(series, _options);
        Volatile.Write(ref _bySeries[series.Id], rollups);
        return rollups;
    }
}
