using Weir.Engine.Windows;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Windows;

public sealed class TumblingTests
{
    [Theory]
    [InlineData(0, 10, 0)]
    [InlineData(9, 10, 0)]
    [InlineData(10, 10, 10)]
    [InlineData(-1, 10, -10)]
    [InlineData(-10, 10, -10)]
    [InlineData(-11, 10, -20)]
    public void StartOf_rounds_down_on_both_sides_of_1970(long time, long length, long start) => Assert.Equal(start, Tumbling.StartOf(time, length));

    /// <summary>One window of a second holding 10, gap, 4, +∞, 7 and a second one holding 5; a value of 3 stood before.</summary>
    [Theory]
    [InlineData(Aggregation.Sum, 21, 5)]
    [InlineData(Aggregation.Avg, 7, 5)]
    [InlineData(Aggregation.Min, 4, 5)]
    [InlineData(Aggregation.Max, 10, 5)]
    [InlineData(Aggregation.Count, 3, 1)]
    [InlineData(Aggregation.First, 10, 5)]
    [InlineData(Aggregation.Last, 7, 5)]
    [InlineData(Aggregation.Delta, -3, 0)]
    [InlineData(Aggregation.Rate, 7 + 4 + 3, 5)]
    public void Batch_gives_what_a_pencil_gives(Aggregation aggregation, double first, double second)
    {
        long[] times = [-1, 0, 1, 2, 3, 4, Points.Second];
        double[] values = [3, 10, double.NaN, 4, double.PositiveInfinity, 7, 5];
        var windows = Tumbling.Batch(times, values, Points.Second, aggregation);
        Assert.Equal([-Points.Second, 0, Points.Second], windows.Select(w => w.Start));
        Assert.Equal([first, second], windows.Skip(1).Select(w => w.Value));
    }

    [Fact]
    public void StdDev_is_that_of_the_population_and_does_not_cancel()
    {
        double[] values = [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16];
        var windows = Tumbling.Batch([1, 2, 3, 4], values, 10, Aggregation.StdDev);
        Assert.Equal(Math.Sqrt(22.5), windows[0].Value, 1e-9);
    }

    [Fact]
    public void Window_without_a_finite_value_counts_nothing_and_has_no_value()
    {
        foreach (var aggregation in Enum.GetValues<Aggregation>())
        {
            var windows = Tumbling.Batch([1, 2], [double.NaN, double.NegativeInfinity], 10, aggregation);
            Assert.Equal(aggregation == Aggregation.Count ? 0 : double.NaN, Assert.Single(windows).Value);
        }
    }

    [Theory]
    [InlineData("avg", Aggregation.Avg)]
    [InlineData("StdDev", Aggregation.StdDev)]
    public void Parse_reads_names_in_any_case(string name, Aggregation expected) => Assert.Equal(expected, Aggregations.Parse(name));

    [Theory]
    [InlineData("coutn", "did you mean 'count'?")]
    [InlineData("mx", "did you mean 'max'?")]
    [InlineData("3", "Allowed are sum, avg, min, max, count, rate, first, last, delta, stddev")]
    [InlineData("sum, avg", "Allowed are sum")]
    [InlineData("", "Allowed are sum")]
    public void Parse_names_what_is_allowed_when_it_does_not_know(string name, string says)
    {
        var error = Assert.Throws<ArgumentException>(() => Aggregations.Parse(name));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }
}
