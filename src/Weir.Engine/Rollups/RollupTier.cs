namespace Weir.Engine.Rollups;

/// <summary>The buckets of one length of one series, in rising order. Guarded by the <see cref="SeriesRollups"/> they belong to.</summary>
internal sealed class RollupTier(SeriesRollups owner, Granularity granularity)
{
    private readonly List<RollupBucket> _buckets = [];

    public SeriesRollups Owner => owner;

    public Granularity Granularity => granularity;

    public long Length { get; } = granularity.Nanoseconds();

    public int Count => _buckets.Count;

    public RollupBucket this[int index] => _buckets[index];

    /// <summary>Bytes of all buckets.</summary>
    public long Bytes { get; private set; }

    /// <summary>Before this, buckets have expired or went early: what they were made from must not be made anew.</summary>
    public long GoneBefore { get; private set; } = long.MinValue;

    /// <summary>Whether the tier waits in the queue of those to expire.</summary>
    public bool IsScheduled { get; set; }

    public void Add(RollupBucket bucket)
    {
        _buckets.Add(bucket);
        Bytes += bucket.Bytes;
    }

    /// <summary>The first bucket that begins at or after a time; <see cref="Count"/> when none does.</summary>
    public int FirstAtOrAfter(long time)
    {
        var (low, high) = (0, _buckets.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_buckets[middle].Start < time) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>Takes back all buckets that begin at or after a time, to be made anew.</summary>
    public void RemoveFrom(long time)
    {
        var first = FirstAtOrAfter(time);
        for (var i = first; i < _buckets.Count; i++) Bytes -= _buckets[i].Bytes;
        _buckets.RemoveRange(first, _buckets.Count - first);
    }

    /// <summary>Lets the oldest buckets go.</summary>
    public void RemoveOldest(int count)
    {
        if (count == 0) return;
        for (var i = 0; i < count; i++) Bytes -= _buckets[i].Bytes;
        GoneBefore = _buckets[count - 1].Start + Length;
        _buckets.RemoveRange(0, count);
    }

    /// <summary>Appends the buckets from one index to another to a list.</summary>
    public void CopyTo(List<RollupBucket> list, int from, int to)
    {
        for (var i = from; i < to; i++) list.Add(_buckets[i]);
    }
}
