using Weir.Engine.Windows;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Windows;

public sealed class DistinctCountTests
{
    [Fact]
    public void Count_is_exact_up_to_the_limit_and_an_estimate_from_there()
    {
        var count = new DistinctCount();
        for (var i = 0; i < DistinctCount.ExactMax; i++)
        {
            count.Add(i);
            count.Add(i);
            Assert.Equal(i + 1, count.Count);
        }
        Assert.False(count.IsEstimate);
        count.Add(-1);
        Assert.True(count.IsEstimate);
        count.Clear();
        Assert.Equal((false, 0), (count.IsEstimate, count.Count));
        count.Add(0.0);
        count.Add(-0.0);
        Assert.Equal(1, count.Count);
    }

    /// <summary>The mean square of many errors shows the stated standard error of 1.6 %, and no bias where linear counting would hand over.</summary>
    [Theory]
    [InlineData(1500)]
    [InlineData(10_000)]
    [InlineData(12_000)]
    [InlineData(100_000)]
    public void Estimate_has_the_stated_error(int distinct)
    {
        const int trials = 60;
        var (squares, errors) = (0.0, 0.0);
        for (var seed = 1; seed <= trials; seed++)
        {
            var random = new Random(seed);
            var count = new DistinctCount();
            for (var i = 0; i < distinct; i++) count.Add(random.NextDouble());
            var error = count.Count / distinct - 1;
            (squares, errors) = (squares + error * error, errors + error);
        }
        // With 60 trials, four standard deviations of a root mean square are some 37 % of it; of a mean, 0.84 %.
        Assert.InRange(Math.Sqrt(squares / trials), 0, 0.01625 * 1.37);
        Assert.InRange(errors / trials, -0.0084, 0.0084);
    }

    [Fact]
    public void Merge_in_any_order_is_the_count_of_all() => Property.Holds(40, random =>
    {
        var (all, merged) = (new DistinctCount(), new DistinctCount());
        var parts = Enumerable.Range(0, 6).Select(_ => new DistinctCount()).ToArray();
        var range = random.Next(10, 20_000);
        foreach (var part in parts)
        {
            for (var i = random.Next(3000); i > 0; i--)
            {
                var value = random.Next(range) / 8.0;
                part.Add(value);
                all.Add(value);
            }
        }
        random.Shuffle(parts);
        foreach (var part in parts) merged.Merge(part);
        Assert.Equal((all.IsEstimate, all.Count), (merged.IsEstimate, merged.Count));
    });
}
