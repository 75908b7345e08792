using Weir.Engine.Sketches;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Sketches;

/// <summary>What runs in vectors equals its plain twin.</summary>
public sealed class ColumnSumTests
{
    [Fact]
    public void Columns_add_and_subtract_as_one_by_one() => Property.Holds(200, random =>
    {
        var length = random.Next(0, 100);
        var (a, b) = (Counts(random, length, 1 << 30), Counts(random, length, 1 << 30));
        var sum = a.ToArray();
        ColumnSum.Add(sum, b);
        Assert.Equal(a.Zip(b, (x, y) => x + y), sum);
        ColumnSum.Subtract(sum, b);
        Assert.Equal(a, sum);
    });

    [Fact]
    public void Skipping_stops_before_the_rank_and_within_reach_of_it() => Property.Holds(200, random =>
    {
        var counts = Counts(random, random.Next(1, 300), random.Next(1, 40));
        counts[random.Next(counts.Length)]++;
        var wanted = random.NextInt64(counts.Sum(count => (long)count));
        var rank = wanted;
        var skipped = ColumnSum.SkipWhileAtMost(counts, ref rank);
        Assert.Equal(wanted - counts[..skipped].Sum(count => (long)count), rank);
        Assert.InRange(rank, 0, wanted);
        // The bucket of the rank lies at most a stretch and the vectors' remainder away.
        var at = skipped;
        for (; rank >= counts[at]; at++) rank -= counts[at];
        Assert.InRange(at - skipped, 0, 8 * System.Numerics.Vector<uint>.Count);
    });

    [Fact]
    public void Sum_in_lanes_equals_values_sent_to_lanes_in_turn() => Property.Holds(100, random =>
    {
        var values = Distributions.All["normal around zero"](random, random.Next(100));
        var plain = new double[SumLanes.Lanes];
        for (var i = 0; i < values.Length; i++) plain[i % plain.Length] += values[i];
        var lanes = new SumLanes();
        lanes.Add(values);
        for (var lane = 0; lane < plain.Length; lane++) Assert.Equal(plain[lane], lanes[lane]);
    });

    [Fact]
    public void Extremes_equal_those_found_one_by_one() => Property.Holds(100, random =>
    {
        var values = Distributions.All["uniform with negatives"](random, random.Next(1, 40));
        Assert.Equal(new Extremes(values.Min(), values.Max()), Extremes.Of(values));
    });

    private static uint[] Counts(Random random, int length, int max) => [.. Enumerable.Range(0, length).Select(_ => (uint)random.Next(max))];
}
