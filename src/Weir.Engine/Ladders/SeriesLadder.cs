namespace Weir.Engine.Ladders;

/// <summary>
/// The ladder over the sealed chunks of one series: a bucket for every chunk, for every 16, every 256, and so on. One writer adds chunks in order;
/// readers use only buckets that lie wholly inside the chunks of their snapshot, and those never change.
/// Places in these buckets are chunk ordinals.
/// </summary>
internal sealed class SeriesLadder
{
    private const int FanOut = 16;

    /// <summary>Chunks of 1,024 points and six levels of 16 over them reach past 10^10 points.</summary>
    private const int LevelsMax = 7;

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
        var (index, first) = (ordinal, firstOrdinal);
        // The lowest level has the chunks themselves, side by side: what a picture needs of a hundred chunks is not looked for in a hundred places.
        BucketAt(0, ordinal, firstOrdinal) = part;
        for (var k = 1; k < LevelsMax; k++)
        {
            var group = index / FanOut;
            first /= FanOut;
            ref var bucket = ref BucketAt(k, group, first);
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

    /// <summary>Puts another summary in the place of one that was added, and sums up anew what holds it.</summary>
    /// <param name="ordinal">The chunk's.</param>
    /// <param name="summary">What the chunk comes to now.</param>
    /// <param name="end">One past the newest chunk that the ladder knows.</param>
    public void Replace(int ordinal, in Bucket summary, int end)
    {
        if (_levels[0]?.Find(ordinal) is not { } at) return;
        _levels[0]!.Buckets[at] = summary with { ArgMin = ordinal, ArgMax = ordinal };
        // A bucket that is not finished has not entered the one above it.
        var span = 1;
        for (var k = 1; k < LevelsMax && (ordinal / span + 1) * span <= end; k++, span *= FanOut) SumUp(k, ordinal / span / FanOut, end / span);
    }

    /// <summary>Forgets the chunks from <paramref name="end"/> on, so that others may be added in their places.</summary>
    public void Truncate(int end)
    {
        var span = 1;
        for (var k = 1; k < LevelsMax; k++, span *= FanOut) SumUp(k, end / span / FanOut, end / span);
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
    /// The widest finished bucket that begins at chunk <paramref name="from"/> and ends at or before <paramref name="to"/>, which is later; its length in
    /// chunks, or 0 where the ladder has let that chunk go.
    /// </summary>
    public int Widest(int from, int to, out Bucket bucket)
    {
        bucket = default;
        var (length, span) = (0, 1);
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

    private ref Bucket BucketAt(int k, int group, int first)
    {
        var level = _levels[k];
        if (level is null || group - level.First >= level.Buckets.Length)
        {
            level = Level.Grow(level, first, group);
            Volatile.Write(ref _levels[k], level);
        }
        return ref level.Buckets[group - level.First];
    }

    private sealed record Level(Bucket[] Buckets, int First)
    {
        /// <summary>Where the bucket of a group stands; null when it is not kept.</summary>
        public int? Find(int group) => group >= First && group - First < Buckets.Length ? group - First : null;

        public static Level Grow(Level? level, int first, int group)
        {
            var kept = Math.Max(first, level?.First ?? first);
            var buckets = new Bucket[Math.Max(4, (group - kept + 1) * 3 / 2)];
            if (level is not null)
            {
                var from = kept - level.First;
                if (from < level.Buckets.Length) level.Buckets.AsSpan(from).CopyTo(buckets);
            }
            return new Level(buckets, kept);
        }
    }
}
