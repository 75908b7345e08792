using Weir.Engine.Ladders;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Ladders;

/// <summary>Ladders are short cuts: what they say of any run equals a scan of its points.</summary>
public sealed class LadderTests
{
    [Fact]
    public void SeriesLadder_offers_only_finished_buckets_and_those_equal_a_scan() => Property.Holds(15, random =>
    {
        var ladder = new SeriesLadder();
        var chunks = new Dictionary<int, Bucket>();
        // All on one side of zero, so that a bucket that was never cleared shows.
        var far = random.Next(2) == 0 ? 1000 : -2000;
        // A ladder is built anew after late points, and then it begins at whichever chunk is the oldest kept.
        var (oldest, next) = (random.Next(600), 0);
        next = oldest;
        for (var i = 0; i < 5000; i++)
        {
            var summary = random.Next(50) == 0 ? Bucket.Empty : Of(far + random.Next(500), far + random.Next(500));
            chunks[next] = summary;
            ladder.Add(next, summary, oldest);
            next++;
            if (random.Next(3) == 0 && oldest < next - 1) oldest++;
            if (random.Next(20) > 0) continue;
            var from = random.Next(oldest, next) / 16 * 16;
            from = from < oldest ? oldest : random.Next(2) == 0 ? from / 256 * 256 : from;
            if (from < oldest) continue;
            AssertWidest(ladder, chunks, from, random.Next(from, next + 1));
        }
    });

    [Fact]
    public void SeriesLadder_reaches_its_levels()
    {
        var ladder = new SeriesLadder();
        for (var i = 0; i < 5000; i++) ladder.Add(i, Of(i, i), 0);
        Assert.Equal(4096, ladder.Widest(0, 5000, out _));
        Assert.Equal(256, ladder.Widest(4096, 5000, out _));
        Assert.Equal(16, ladder.Widest(16, 5000, out _));
        Assert.Equal(1, ladder.Widest(1, 5000, out _));
        Assert.Equal(1, ladder.Widest(16, 31, out _));
    }

    [Fact]
    public void Equal_extremes_stand_where_they_were_first()
    {
        var bucket = Bucket.Empty;
        bucket.Add([5, 1, 5, 1], 10);
        bucket.Merge(Of(1, 5) with { ArgMin = 99, ArgMax = 99 });
        Assert.Equal((11, 10, 6), (bucket.ArgMin, bucket.ArgMax, bucket.Count));
    }

    private static void AssertWidest(SeriesLadder ladder, Dictionary<int, Bucket> chunks, int from, int to)
    {
        var length = ladder.Widest(from, to, out var bucket);
        if (from == to)
        {
            Assert.Equal(0, length);
            return;
        }
        Assert.True(length > 0, $"No bucket for chunks {from} to {to}.");
        if (length == 1) Assert.True(from % 16 != 0 || from + 16 > to, $"Only a chunk for chunks {from} to {to}.");
        Assert.True(from % length == 0 && from + length <= to, $"A bucket of {length} chunks at {from} passes {to}.");
        var scanned = Bucket.Empty;
        for (var i = from; i < from + length; i++) scanned.Merge(chunks[i] with { ArgMin = i, ArgMax = i });
        if (scanned.Count == 0) (scanned.ArgMin, scanned.ArgMax) = (bucket.ArgMin, bucket.ArgMax);
        Assert.Equal(scanned, bucket);
    }

    private static Bucket Of(double a, double b) => new() { Min = Math.Min(a, b), Max = Math.Max(a, b), Sum = a + b, Count = 2 };
}
