using Weir.Engine.Ladders;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Ladders;

/// <summary>Ladders are short cuts: what they say of any run equals a scan of its points.</summary>
public sealed class LadderTests
{
    [Fact]
    public void Sum_equals_a_scan_whatever_was_let_go() => Property.Holds(15, random =>
    {
        var ladder = new SeriesLadder();
        var chunks = new Dictionary<int, Bucket>();
        // All on one side of zero, so that a bucket that was never cleared shows.
        var far = random.Next(2) == 0 ? 1000 : -2000;
        // A ladder is built anew after late points, and then it begins at whichever chunk is the oldest kept.
        var (oldest, next) = (random.Next(600), 0);
        var begin = oldest;
        next = oldest;
        for (var i = 0; i < 5000; i++)
        {
            var summary = random.Next(50) == 0 ? Bucket.Empty : Of(far + random.Next(500), far + random.Next(500), next);
            chunks[next] = summary;
            ladder.Add(next, summary, oldest);
            next++;
            if (random.Next(3) == 0 && oldest < next - 1) oldest++;
            if (random.Next(20) > 0) continue;
            // A reader may hold a snapshot of long ago.
            AssertSum(ladder, chunks, random.Next(random.Next(4) == 0 ? begin : oldest, next), next, oldest, random);
        }
    });

    [Fact]
    public void Equal_extremes_stand_where_they_were_first()
    {
        var bucket = Bucket.Of([10, 11, 12, 13], [5, 1, 5, 1]);
        bucket.Merge(Of(1, 5, 99));
        Assert.Equal((11, 10, 6), (bucket.MinTime, bucket.MaxTime, bucket.Count));
    }

    [Fact]
    public void Bucket_of_gaps_is_empty() => Assert.Equal(Bucket.Empty, Bucket.Of([1, 2, 3], [double.NaN, double.PositiveInfinity, double.NegativeInfinity]));

    private static void AssertSum(SeriesLadder ladder, Dictionary<int, Bucket> chunks, int from, int end, int oldest, Random random)
    {
        var to = random.Next(3) == 0 ? end : random.Next(from, end + 1);
        var gone = ladder.Sum(from, to, out var sum);
        Assert.InRange(gone, 0, Math.Max(0, Math.Min(to, oldest) - from));
        var scanned = Bucket.Empty;
        for (var i = from + gone; i < to; i++) scanned.Merge(chunks[i]);
        Assert.Equal(scanned, sum);
    }

    private static Bucket Of(double a, double b, int time) => new() { Min = Math.Min(a, b), Max = Math.Max(a, b), Sum = a + b, Count = 2, MinTime = time, MaxTime = time };
}
