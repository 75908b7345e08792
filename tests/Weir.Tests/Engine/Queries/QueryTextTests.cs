using Weir.Engine.Queries;
using Weir.Engine.Series;

namespace Weir.Tests.Engine.Queries;

/// <summary>What is a selector and what an expression.</summary>
public sealed class QueryTextTests
{
    [Theory]
    [InlineData("free-space")]
    [InlineData("disk/0")]
    [InlineData("in.*")]
    [InlineData("in*out")]
    [InlineData("in?")]
    [InlineData("2xx")]
    [InlineData("15m")]
    [InlineData("stock:max:1m/5s")]
    [InlineData("load{window=\"1m - 5m\"}")]
    [InlineData("load {window=\"(1)\"}")]
    [InlineData("{__name__=\"a / b\"}")]
    [InlineData("Free space")]
    [InlineData("Fan %")]
    [InlineData("sum")]
    [InlineData("load{")]
    public void Word_with_or_without_matchers_is_a_selector(string text) => Assert.False(QueryEngine.IsExpression(text));

    [Theory]
    [InlineData("used / total")]
    [InlineData("used - total")]
    [InlineData("2 * used")]
    [InlineData("2*used")]
    [InlineData("-used")]
    [InlineData("max(used)")]
    [InlineData("max (used)")]
    [InlineData("(used)")]
    [InlineData("(used)/(total)")]
    [InlineData("used > 5")]
    [InlineData("used>5")]
    [InlineData("used offset 5m")]
    [InlineData("used{a=\"1\"} / used{a=\"2\"}")]
    [InlineData("used{a=\"1\"}/used")]
    [InlineData("max by (host) (rate(used[5m]))")]
    [InlineData("used\n/\ntotal")]
    [InlineData("rte(used[5m])")]
    [InlineData("used[5m]")]
    public void All_else_that_is_written_as_an_expression_is_one(string text) => Assert.True(QueryEngine.IsExpression(text));

    [Fact]
    public void Check_refuses_what_has_no_values_at_steps() => Assert.Contains("scalar or a vector", Assert.Throws<QueryException>(() => QueryEngine.Check("used[5m]")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("stock")]
    [InlineData("Parcels / s")]
    [InlineData("max (ms)")]
    [InlineData("Free space (GB)")]
    [InlineData("404-answers")]
    [InlineData(@"C:\ - D:\")]
    public void Text_of_a_name_picks_the_series_of_that_name(string name)
    {
        var (key, other) = (new SeriesKey(name, new Label("a", "1")), new SeriesKey(name));
        var (text, matching) = (Selector.TextOf(name), Selector.TextOf(name, "a!=\"\""));
        Assert.False(QueryEngine.IsExpression(text));
        Assert.False(QueryEngine.IsExpression(matching));
        Assert.True(Selector.Parse(text).Matches(key));
        Assert.True(Selector.Parse(text).Matches(other));
        Assert.True(Selector.Parse(matching).Matches(key));
        Assert.False(Selector.Parse(matching).Matches(other));
    }
}
