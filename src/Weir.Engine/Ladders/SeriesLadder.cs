namespace Weir.Engine.Ladders;

/// <summary>
/// The ladder over the sealed chunks of one series: a bucket for every 16 chunks, every 256, and so on. One writer adds chunks in order;
/// readers use only buckets that lie wholly inside the chunks of their snapshot, and those never change.
/// Places in these buckets are chunk ordinals.
/// </summary>
internal sealed class SeriesLadder
{
    private const int FanOut = ChunkLadder.FanOut;

    /// <summary>Six levels of 16 over chunks of 1,024 reach past 10^10 points.</summary>
    private const int LevelsMax = 6;

    private readonly Level?[] _levels = new Level?[LevelsMax];

    public long Bytes
    {
        get
        {
            var bytes = 0L;
            foreach (var level in _levels) bytes += (level?.Buckets.Length ?? 0) * 40L;
            return bytes;
        }
    }

    /// <summary>Takes in the chunk with this ordinal; <paramref name="firstOrdinal"/> is the oldest chunk still kept.</summary>
    public void Add(int ordinal, in Bucket summary, int firstOrdinal)
    {
        var part = summary with { ArgMin = ordinal, ArgMax = ordinal };
        var index = ordinal;
        var first = firstOrdinal;
        for (var k = 0; k < LevelsMax; k++)
        {
            var level = Volatile.Read(ref _levels[k]);
            var group = index / FanOut;
            first /= FanOut;
            if (level is null || group - level.First >= level.Buckets.Length)
            {
                level = Level.Grow(level, first, group);
                Volatile.Write(ref _levels[k], level);
            }
            ref var bucket = ref level.Buckets[group - level.First];
            if (index % FanOut == 0) bucket = Bucket.Empty;
            bucket.Merge(part);
            if ((index + 1) % FanOut != 0) return;
            part = bucket;
            index = group;
        }
    }

    /// <summary>A ladder that says the same and may change alone: readers of this one are not disturbed.</summary>
    public SeriesLadder Copy()
    {
        var copy = new SeriesLadder();
        for (var k = 0; k < LevelsMax && _levels[k] is { } level; k++) copy._levels[k] = level with { Buckets = [.. level.Buckets] };
        return copy;
    }

    /// <summary>Sums up anew what holds a chunk that is no longer what it was.</summary>
    /// <param name="ordinal">The chunk's.</param>
    /// <param name="siblings">Summaries of the chunks in its lowest bucket, itself included.</param>
    /// <param name="end">One past the newest chunk that the ladder knows.</param>
    public void Replace(int ordinal, ReadOnlySpan<Bucket> siblings, int end)
    {
        SetLowest(ordinal / FanOut, siblings);
        var span = FanOut;
        // A bucket that is not finished has not entered the one above it.
        for (var k = 1; k < LevelsMax && (ordinal / span + 1) * span <= end; k++, span *= FanOut) SumUp(k, ordinal / span / FanOut, end / span);
    }

    /// <summary>Forgets the chunks from one on, so that others may be added in their places.</summary>
    /// <param name="end">The first ordinal to forget.</param>
    /// <param name="siblings">Summaries of the chunks before it in its lowest bucket.</param>
    public void Truncate(int end, ReadOnlySpan<Bucket> siblings)
    {
        SetLowest(end / FanOut, siblings);
        var span = FanOut;
        for (var k = 1; k < LevelsMax; k++, span *= FanOut) SumUp(k, end / span / FanOut, end / span);
    }

    private void SetLowest(int group, ReadOnlySpan<Bucket> siblings)
    {
        if (_levels[0]?.Find(group) is not { } at) return;
        var sum = Bucket.Empty;
        foreach (ref readonly var sibling in siblings) sum.Merge(sibling);
        _levels[0]!.Buckets[at] = sum;
    }

    /// <summary>Sums up one bucket from those below it that come before <paramref name="end"/>, in the order in which they were added.</summary>
    private void SumUp(int k, int group, int end)
    {
        if (_levels[k]?.Find(group) is not { } at || _levels[k - 1] is not { } below) return;
        var sum = Bucket.Empty;
        for (var part = group * FanOut; part < Math.Min(end, (group + 1) * FanOut); part++)
        {
            if (below.Find(part) is { } from) sum.Merge(below.Buckets[from]);
        }
        _levels[k]!.Buckets[at] = sum;
    }

    /// <summary>
    /// The widest finished bucket that begins at chunk <paramref name="from"/> and ends at or before <paramref name="to"/>; its length in
    /// chunks, or 0 where there is none.
    /// </summary>
    public int Widest(int from, int to, out Bucket bucket)
    {
        bucket = default;
        var (length, span) = (0, FanOut);
        for (var k = 0; k < LevelsMax && from % span == 0 && from + span <= to; k++, span *= FanOut)
        {
            var level = Volatile.Read(ref _levels[k]);
            var at = level is null ? -1 : from / span - level.First;
            if (at < 0 || at >= level!.Buckets.Length) break;
            bucket = level.Buckets[at];
            length = span;
        }
        return length;
    }

    private sealed record Level(Bucket[] Buckets, int First)
    {
        /// <summary>Where the bucket of a group stands; null when it is not kept.</summary>
        public int? Find(int group) => group >= First && group - First < Buckets.Length ? group - First : null;

        public static Level Grow(Level? level, int first, int group)
        {
            var kept = Math.Max(first, level?.First ?? first);
            var buckets = new Bucket[Math.Max(4, (group - kept + 1) * 2)];
            if (level is not null)
            {
                var from = kept - level.First;
                if (from < level.Buckets.Length) level.Buckets.AsSpan(from).CopyTo(buckets);
            }
            return new Level(buckets, kept);
        }
    }
}
