namespace Weir.Engine.Rollups;

/// <summary>The buckets of one length of one series, in rising order. Guarded by the <see cref="SeriesRollups"/> they belong to.</summary>
/// <remarks>An array of its own and no list: there are three tiers for each of up to 100,000 series, and a list takes 32 bytes.</remarks>
internal sealed class RollupTier(SeriesRollups owner, Granularity granularity)
{
    private RollupBucket[] _buckets = [];
    private long _bytesOfBuckets;

    public SeriesRollups Owner => owner;

    public Granularity Granularity => granularity;

    public long Length => granularity.Nanoseconds();

    public int Count { get; private set; }

    public ReadOnlySpan<RollupBucket> Buckets => _buckets.AsSpan(0, Count);

    /// <summary>Bytes of all buckets and of the array that holds them.</summary>
    public long Bytes => _bytesOfBuckets + (_buckets.Length == 0 ? 0 : 24 + 8L * _buckets.Length);

    /// <summary>Buckets before this are contained in the next longer ones.</summary>
    public long MadeTo { get; set; } = long.MinValue;

    /// <summary>Before this, buckets have expired or went early: they are not to be made anew, and none that is only in part there is to be seen.</summary>
    public long GoneBefore { get; private set; } = long.MinValue;

    /// <summary>Whether the tier waits in the queue of those to expire.</summary>
    public bool IsScheduled { get; set; }

    /// <summary>Puts a bucket in its place: nearly always the end. What is there already takes it in.</summary>
    public void Put(RollupBucket bucket)
    {
        var index = Count == 0 || _buckets[Count - 1].Start < bucket.Start ? Count : FirstAtOrAfter(bucket.Start);
        if (index < Count && _buckets[index].Start == bucket.Start)
        {
            _bytesOfBuckets -= _buckets[index].Bytes;
            _buckets[index] = RollupBucket.Merge(bucket.Start, [_buckets[index], bucket]);
            _bytesOfBuckets += _buckets[index].Bytes;
            return;
        }
        if (Count == _buckets.Length) Array.Resize(ref _buckets, Count + Count / 2 + 2);
        Array.Copy(_buckets, index, _buckets, index + 1, Count - index);
        _buckets[index] = bucket;
        _bytesOfBuckets += bucket.Bytes;
        Count++;
    }

    /// <summary>The first bucket that begins at or after a time; <see cref="Count"/> when none does.</summary>
    public int FirstAtOrAfter(long time)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_buckets[middle].Start < time) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>Takes back all buckets that begin at or after a time, to be made anew.</summary>
    public void RemoveFrom(long time) => Remove(FirstAtOrAfter(time), Count);

    /// <summary>
    /// Puts buckets in the place of all that begin in a stretch, in one copy. Buckets that begin at or before <paramref name="keptThrough"/> and are there stay as they are.
    /// </summary>
    /// <param name="from">Beginning of the stretch.</param>
    /// <param name="to">Its end.</param>
    /// <param name="made">In rising order, within the stretch.</param>
    /// <param name="keptThrough">What began up to there cannot be made anew.</param>
    public void Replace(long from, long to, List<RollupBucket> made, long keptThrough)
    {
        var (begin, end) = (FirstAtOrAfter(from), FirstAtOrAfter(to));
        var kept = new SortedDictionary<long, RollupBucket>();
        foreach (var bucket in made) kept[bucket.Start] = bucket;
        foreach (var bucket in _buckets.AsSpan(begin..end))
        {
            if (bucket.Start <= keptThrough) kept[bucket.Start] = bucket;
        }
        var count = Count - (end - begin) + kept.Count;
        var buckets = count <= _buckets.Length ? _buckets : new RollupBucket[count + count / 8];
        foreach (var bucket in _buckets.AsSpan(begin..end)) _bytesOfBuckets -= bucket.Bytes;
        Array.Copy(_buckets, end, buckets, begin + kept.Count, Count - end);
        if (buckets != _buckets) Array.Copy(_buckets, buckets, begin);
        kept.Values.CopyTo(buckets, begin);
        if (count < Count) Array.Clear(buckets, count, Count - count);
        foreach (var bucket in kept.Values) _bytesOfBuckets += bucket.Bytes;
        (_buckets, Count) = (buckets, count);
    }

    /// <summary>Lets the oldest buckets go.</summary>
    public void RemoveOldest(int count)
    {
        if (count == 0) return;
        GoneBefore = Math.Max(GoneBefore, _buckets[count - 1].Start + Length);
        Remove(0, count);
    }

    private void Remove(int from, int to)
    {
        foreach (var bucket in _buckets.AsSpan(from..to)) _bytesOfBuckets -= bucket.Bytes;
        Array.Copy(_buckets, to, _buckets, from, Count - to);
        Array.Clear(_buckets, Count - (to - from), to - from);
        Count -= to - from;
        if (Count <= _buckets.Length / 4) Array.Resize(ref _buckets, Count);
    }
}
