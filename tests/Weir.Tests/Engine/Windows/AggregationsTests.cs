using Weir.Engine.Windows;

namespace Weir.Tests.Engine.Windows;

public sealed class AggregationsTests
{
    [Theory]
    [InlineData("avg", Aggregation.Avg)]
    [InlineData("StdDev", Aggregation.StdDev)]
    [InlineData("p99", Aggregation.P99)]
    public void Parse_reads_names_in_any_case(string name, Aggregation expected) => Assert.Equal(expected, Aggregations.Parse(name));

    [Theory]
    [InlineData("coutn", "did you mean 'count'?")]
    [InlineData("mx", "did you mean 'max'?")]
    [InlineData("distnct", "did you mean 'distinct'?")]
    [InlineData("3", "Allowed are sum, avg, min, max, count, rate, first, last, delta, stddev, p50")]
    [InlineData("sum, avg", "Allowed are sum")]
    [InlineData("", "Allowed are sum")]
    public void Parse_names_what_is_allowed_when_it_does_not_know(string name, string says)
    {
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => Aggregations.Parse(name)).Message, StringComparison.Ordinal);
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => Aggregations.ParseWithQuantile(name)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sum", Aggregation.Sum, double.NaN)]
    [InlineData("p95", Aggregation.P95, 0.95)]
    [InlineData("p99.9", Aggregation.Quantile, 0.999)]
    [InlineData("P0", Aggregation.Quantile, 0)]
    [InlineData("p100", Aggregation.Quantile, 1)]
    public void Percentile_is_a_quantile(string name, Aggregation aggregation, double quantile) => Assert.Equal((aggregation, quantile), Aggregations.ParseWithQuantile(name));

    [Theory]
    [InlineData("p101", "p0 to p100")]
    [InlineData("p-1", "p0 to p100")]
    [InlineData("p", "any percentile such as p99.9")]
    [InlineData("quantile", "any percentile such as p99.9")]
    public void Percentile_out_of_range_or_without_number_is_refused(string name, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => Aggregations.ParseWithQuantile(name)).Message, StringComparison.Ordinal);
}
