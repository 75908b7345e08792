using Weir.Engine.Time;
using Weir.Engine.Windows;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Windows;

public sealed class WindowSpecTests
{
    [Theory]
    [InlineData("10s", "sum", WindowKind.Tumbling, 1)]
    [InlineData(" 10s ", "p99.9", WindowKind.Tumbling, 1)]
    [InlineData("1m/5s", "avg", WindowKind.Hopping, 12)]
    [InlineData("1m / 25s", "max", WindowKind.Hopping, 12)]
    [InlineData("1m/1m", "min", WindowKind.Tumbling, 6)]
    [InlineData("1h", "min", WindowKind.Tumbling, 240)]
    [InlineData("1d/1h", "min", WindowKind.Hopping, 240)]
    [InlineData("61000000007ns", "min", WindowKind.Tumbling, 1)]
    [InlineData("1m sliding", "distinct", WindowKind.Sliding, 60)]
    [InlineData("1440s/1s", "rate", WindowKind.Hopping, WindowSpec.PanesMax)]
    public void Words_are_read_and_written(string window, string aggregation, WindowKind kind, long panes)
    {
        var spec = WindowSpec.Parse(window, aggregation);
        Assert.Equal((kind, panes), (spec.Kind, spec.Panes));
        Assert.Equal(spec, WindowSpec.Parse(spec.WindowText, spec.AggregationText));
    }

    [Theory]
    [InlineData("1m/5s", "avg", "avg:1m/5s")]
    [InlineData("60s/60s", "avg", "avg:1m")]
    [InlineData("90s sliding", "p99.9", "p99.9:90s sliding")]
    public void Spec_names_itself(string window, string aggregation, string name) => Assert.Equal(name, WindowSpec.Parse(window, aggregation).ToString());

    [Theory]
    [InlineData("0s", "'0s' is not a positive duration")]
    [InlineData("-5s", "'-5s' is not a positive duration")]
    [InlineData("10", "'10' is not a positive duration")]
    [InlineData("10s/0s", "'0s' is not a positive duration")]
    [InlineData("5s/10s", "a window of 5s slides by at most its length")]
    [InlineData("1s/1s/1s", "Write a length (\"10s\"), a length and a slide")]
    [InlineData("1s gliding", "is not a positive duration. Write a length")]
    [InlineData("", "Write a length")]
    [InlineData("1441s/1s", "would have 1441 panes of 1s, at most 1440")]
    [InlineData("1h/7ms", "panes of 1ms, at most 1440")]
    public void Window_that_cannot_be_is_an_error_that_says_what_can(string window, string says) =>
        Assert.Contains(says, Assert.ThrowsAny<ArgumentException>(() => WindowSpec.Parse(window, "sum")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(1.001)]
    public void Quantile_outside_0_to_1_is_refused(double quantile)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => WindowSpec.Tumbling("1s", Aggregation.Quantile, quantile));
        Assert.Equal("quantile", error.ParamName);
        Assert.Contains("between 0 and 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 10, 0)]
    [InlineData(9, 10, 0)]
    [InlineData(10, 10, 10)]
    [InlineData(-1, 10, -10)]
    [InlineData(-10, 10, -10)]
    [InlineData(-11, 10, -20)]
    public void Windows_lie_on_the_epoch_on_both_sides_of_1970(long time, long length, long start) => Assert.Equal(start, Tumbling.StartOf(time, length));

    [Fact]
    public void Point_of_a_window_stands_where_its_last_slide_begins()
    {
        var spec = WindowSpec.Parse("60s/5s", "count");
        Assert.Equal(-55 * Points.Second, spec.StartOfWindow(spec.SlideOf(4 * Points.Second)));
        Assert.Equal(0, spec.StartOfWindow(55 * Points.Second));
    }

    [Fact]
    public void Window_longer_than_a_hundred_years_is_an_error_for_the_caller()
    {
        foreach (var make in new Action<Duration>[] { length => WindowSpec.Tumbling(length, Aggregation.Sum), length => WindowSpec.Sliding(length, Aggregation.Sum) })
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => make(Duration.FromNanoseconds(long.MaxValue)));
            Assert.Contains("36,500 days", error.Message, StringComparison.Ordinal);
            make("36500d");
        }
    }
}
