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
