using Weir.Engine.Ladders;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Ladders;

/// <summary>Ladders are short cuts: what they say of any run equals a scan of its points.</summary>
public sealed class LadderTests
{
    [Fact]
    public void ChunkLadder_sums_up_any_run_as_a_scan_does() => Property.Holds(40, random =>
    {
        var values = Points.Random(random, random.Next(1, 2100)).Values;
        var ladder = new ChunkLadder(values.Length);
        for (var count = 0; count < values.Length;)
        {
            var from = count;
            count = Math.Min(values.Length, count + random.Next(1, 400));
            ladder.Extend(values.AsSpan(0, count), from);
            for (var run = 0; run < 20; run++)
            {
                var (a, b) = (random.Next(count + 1), random.Next(count + 1));
                var (summed, scanned) = (Bucket.Empty, Bucket.Empty);
                ladder.Summarize(values.AsSpan(0, count), Math.Min(a, b), Math.Max(a, b), ref summed);
                scanned.Add(values.AsSpan(Math.Min(a, b)..Math.Max(a, b)), Math.Min(a, b));
                Assert.Equal(scanned, summed);
            }
        }
    });

    [Fact]
    public void Bucket_takes_in_many_values_at_once_as_it_does_one_by_one() => Property.Holds(200, random =>
    {
        var values = Points.Random(random, random.Next(1, 300)).Values;
        if (random.Next(10) == 0) Array.Fill(values, random.Next(2) == 0 ? double.NaN : double.NegativeInfinity);
        if (random.Next(5) == 0) Array.ForEach([.. Enumerable.Range(0, values.Length)], i => values[i] = random.Next(2) == 0 ? 0.0 : -0.0);
        var (plain, many) = (Bucket.Empty, Bucket.Empty);
        if (random.Next(2) == 0) (plain.Min, many.Min, plain.Max, many.Max) = (-2, -2, 2, 2);
        plain.AddPlainly(values, 70);
        many.Add(values, 70);
        // Whole numbers, so that the sums are exact in any order.
        Assert.Equal(plain, many);
        Assert.Equal((double.IsNegative(plain.Min), double.IsNegative(plain.Max)), (double.IsNegative(many.Min), double.IsNegative(many.Max)));
    });

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
        Assert.Equal(0, ladder.Widest(1, 5000, out _));
        Assert.Equal(0, ladder.Widest(16, 31, out _));
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
        if (length == 0)
        {
            Assert.True(from % 16 != 0 || from + 16 > to, $"No bucket for chunks {from} to {to}.");
            return;
        }
        Assert.True(from % length == 0 && from + length <= to, $"A bucket of {length} chunks at {from} passes {to}.");
        var scanned = Bucket.Empty;
        for (var i = from; i < from + length; i++) scanned.Merge(chunks[i] with { ArgMin = i, ArgMax = i });
        if (scanned.Count == 0) (scanned.ArgMin, scanned.ArgMax) = (bucket.ArgMin, bucket.ArgMax);
        Assert.Equal(scanned, bucket);
    }

    private static Bucket Of(double a, double b) => new() { Min = Math.Min(a, b), Max = Math.Max(a, b), Sum = a + b, Count = 2 };
}
