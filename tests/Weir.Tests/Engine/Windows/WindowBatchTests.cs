using Weir.Engine.Windows;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Windows;

/// <summary>The oracle against a pencil.</summary>
public sealed class WindowBatchTests
{
    /// <summary>One window of a second holding 10, gap, 4, +∞, 7 and a second one holding 5; a value of 3 stood before.</summary>
    [Theory]
    [InlineData("sum", 21, 5)]
    [InlineData("avg", 7, 5)]
    [InlineData("min", 4, 5)]
    [InlineData("max", 10, 5)]
    [InlineData("count", 3, 1)]
    [InlineData("first", 10, 5)]
    [InlineData("last", 7, 5)]
    [InlineData("delta", -3, 0)]
    [InlineData("rate", 7 + 4 + 3, 5)]
    [InlineData("distinct", 3, 1)]
    [InlineData("p0", 4, 5)]
    [InlineData("p100", 10, 5)]
    public void Tumbling_windows_give_what_a_pencil_gives(string aggregation, double first, double second)
    {
        long[] times = [-1, 0, 1, 2, 3, 4, Points.Second];
        double[] values = [3, 10, double.NaN, 4, double.PositiveInfinity, 7, 5];
        var windows = WindowBatch.Compute(times, values, WindowSpec.Parse("1s", aggregation));
        Assert.Equal([-Points.Second, 0, Points.Second], windows.Select(w => w.Time));
        Assert.Equal([first, second], windows.Skip(1).Select(w => w.Value));
    }

    [Fact]
    public void Hopping_windows_overlap_and_end_with_event_time()
    {
        // Points at 1, 4 and 11 ns; windows of 4 ns every 2 ns.
        var windows = WindowBatch.Compute([1, 4, 11], [1, 2, 4], WindowSpec.Parse("4ns/2ns", "sum"));
        Assert.Equal([(0L, 1.0), (2L, 1.0), (4L, 2.0), (6L, 2.0), (10L, 4.0)], windows);
    }

    [Fact]
    public void Sliding_windows_end_at_every_point()
    {
        // 60 ns in panes of 1 ns: the window of a point at t holds what came after t − 60.
        var windows = WindowBatch.Compute([0, 1, 59, 60, 61, 500], [1, 2, 4, 8, 16, 32], WindowSpec.Parse("60ns sliding", "sum"));
        Assert.Equal([(0L, 1.0), (1L, 3.0), (59L, 7.0), (60L, 14.0), (61L, 28.0), (500L, 32.0)], windows);
    }

    [Fact]
    public void StdDev_is_that_of_the_population_and_does_not_cancel()
    {
        foreach (var offset in new[] { 0, 1e9, 1e15 })
        {
            var windows = WindowBatch.Compute([1, 2, 3, 4], [offset + 4, offset + 7, offset + 13, offset + 16], WindowSpec.Parse("10ns", "stddev"));
            Assert.Equal(Math.Sqrt(22.5), windows[0].Value);
        }
    }

    [Fact]
    public void StdDev_neither_overflows_nor_underflows()
    {
        var large = WindowBatch.Compute([1, 2], [-1e308, 1e308], WindowSpec.Parse("10ns", "stddev"));
        Assert.Equal(1e308, large[0].Value);
        var small = WindowBatch.Compute([1, 2], [0, 4 * double.Epsilon], WindowSpec.Parse("10ns", "stddev"));
        Assert.Equal(2 * double.Epsilon, small[0].Value);
    }

    [Fact]
    public void Window_without_a_finite_value_counts_nothing_and_has_no_value()
    {
        foreach (var aggregation in Enum.GetValues<Aggregation>())
        {
            var windows = WindowBatch.Compute([1, 2], [double.NaN, double.NegativeInfinity], WindowSpec.Tumbling("10ns", aggregation, 0.5));
            Assert.Equal(aggregation is Aggregation.Count or Aggregation.Distinct ? 0 : double.NaN, Assert.Single(windows).Value);
        }
    }
}
