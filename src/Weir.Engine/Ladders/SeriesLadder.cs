using System.Runtime.CompilerServices;

namespace Weir.Engine.Ladders;

/// <summary>
/// The ladder over the sealed chunks of one series: a bucket for every chunk, for every 16, every 256, and so on. One writer adds chunks in order;
/// readers use only buckets that lie wholly inside the chunks of their snapshot, and those never change.
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
            foreach (var level in _levels) bytes += (level?.Buckets.Length ?? 0) * (long)Unsafe.SizeOf<Bucket>();
            return bytes;
        }
    }

    /// <summary>The summary of a chunk that is still kept. For the writer.</summary>
    public ref readonly Bucket this[int ordinal] => ref _levels[0]!.At(ordinal);

    /// <summary>Takes in the chunk with this ordinal; <paramref name="firstOrdinal"/> is the oldest chunk still kept.</summary>
    public void Add(int ordinal, in Bucket summary, int firstOrdinal)
    {
        var (part, index, first) = (summary, ordinal, firstOrdinal);
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
        if (_levels[0] is not { } chunks || !chunks.Holds(ordinal)) return;
        chunks.At(ordinal) = summary;
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
        if (_levels[k] is not { } level || !level.Holds(group) || _levels[k - 1] is not { } below) return;
        var sum = Bucket.Empty;
        for (var part = group * FanOut; part < Math.Min(end, (group + 1) * FanOut); part++)
        {
            if (below.Holds(part)) sum.Merge(below.At(part));
        }
        level.At(group) = sum;
    }

    /// <summary>Sums up chunks, whole groups at once: at most 30 buckets of a level.</summary>
    /// <param name="from">Ordinal of the first.</param>
    /// <param name="to">One past the last, which a snapshot must know.</param>
    /// <param name="sum">Of all chunks that the ladder still has.</param>
    /// <returns>How many of them it has let go since the snapshot: the oldest.</returns>
    public int Sum(int from, int to, out Bucket sum)
    {
        sum = Bucket.Empty;
        var chunks = Volatile.Read(ref _levels[0]);
        var kept = Math.Clamp(chunks?.First ?? to, from, to);
        if (kept < to) Sum(0, chunks!, kept, to, ref sum);
        return kept - from;
    }

    private void Sum(int k, Level level, int from, int to, ref Bucket sum)
    {
        var (first, end) = ((from + FanOut - 1) / FanOut, to / FanOut);
        // Levels are read once each: the writer may put a longer one in their place, which begins later, at any time.
        var above = first < end && k + 1 < LevelsMax ? Volatile.Read(ref _levels[k + 1]) : null;
        if (above is null || above.First > first)
        {
            level.Sum(from, to, ref sum);
            return;
        }
        level.Sum(from, first * FanOut, ref sum);
        Sum(k + 1, above, first, end, ref sum);
        level.Sum(end * FanOut, to, ref sum);
    }

    private ref Bucket BucketAt(int k, int group, int first)
    {
        var level = _levels[k];
        if (level is null || group - level.First >= level.Buckets.Length)
        {
            level = Level.Grow(level, first, group);
            Volatile.Write(ref _levels[k], level);
        }
        return ref level.At(group);
    }

    private sealed record Level(Bucket[] Buckets, int First)
    {
        public bool Holds(int group) => group >= First && group - First < Buckets.Length;

        public ref Bucket At(int group) => ref Buckets[group - First];

        public void Sum(int from, int to, ref Bucket sum)
        {
            foreach (ref readonly var bucket in Buckets.AsSpan(from - First, to - from)) sum.Merge(bucket);
        }

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
