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
