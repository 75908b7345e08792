using Weir.Engine.Series;

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

    private readonly RollupOptions _options;
    private readonly PointBuffer _buffer = new();
    private readonly Queue<SeriesRollups> _waiting = new();
    private readonly PriorityQueue<RollupTier, long> _expiring = new();
    private SeriesRollups?[] _bySeries = new SeriesRollups?[64];
    private long _bytes;
    private long _wentEarly;

    internal RollupStore(RollupOptions options)
    {
        options.Validate();
        _options = options;
    }

    /// <summary>Bytes that all buckets take.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Buckets that went before their retention was over, to stay within <see cref="RollupOptions.BytesMax"/>.</summary>
    public long WentEarly => Volatile.Read(ref _wentEarly);

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
        var first = from < long.MinValue + length ? long.MinValue : Windows.Tumbling.StartOf(from, length);
        return rollups is null ? [] : rollups.Read(granularity, first, to);
    }

    /// <summary>Takes in what a round brought.</summary>
    internal void Run(List<TimeSeries> changed)
    {
        foreach (var series in changed)
        {
            var rollups = Find(series) ?? Join(series);
            if (rollups.Run(_buffer) && !rollups.IsWaiting)
            {
                rollups.IsWaiting = true;
                _waiting.Enqueue(rollups);
            }
            CountBytes(rollups);
        }
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
        while (_expiring.TryPeek(out _, out var due) && due <= now) Expire(_expiring.Dequeue(), now, isEarly: false);
        while (_bytes > _options.BytesMax && _expiring.TryDequeue(out var tier, out _)) Expire(tier, now, isEarly: true);
    }

    private void Expire(RollupTier tier, long now, bool isEarly)
    {
        tier.IsScheduled = false;
        tier.Owner.Expire(tier, now - _options.RetentionOf(tier.Granularity).Nanoseconds, isEarly, out var expired);
        if (isEarly) Volatile.Write(ref _wentEarly, _wentEarly + expired);
        CountBytes(tier.Owner);
        Schedule(tier);
    }

    /// <summary>One entry for a tier, for when its oldest bucket expires: no other series is looked at until then.</summary>
    private void Schedule(RollupTier tier)
    {
        if (tier.IsScheduled || tier.Owner.Expirable(tier) == 0) return;
        tier.IsScheduled = true;
        _expiring.Enqueue(tier, tier[0].Start + tier.Length + _options.RetentionOf(tier.Granularity).Nanoseconds);
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
