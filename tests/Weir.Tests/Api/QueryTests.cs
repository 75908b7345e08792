using Weir.Engine.Queries;

namespace Weir.Tests.Api;

public class QueryTests : DashboardTest
{
    [Fact]
    public void A_chart_of_an_expression_has_it_and_nothing_else()
    {
        var p99 = Board.Query("sum", "sum by (host) (rate(orders[10s]))", new() { Unit = "/s", LegendTemplate = "{{host}}", Area = true });
        Assert.Equal(
            """{"kind":"line","id":"sum","legendTemplate":"{{host}}","area":true,"queries":["sum by (host) (rate(orders[10s]))"],"unit":"/s"}""",
            Board.WidgetJson("sum").ToJsonString());
        Assert.Same(p99, Board.Query("sum", "sum by (host) (rate(orders[10s]))", new() { Unit = "/s", LegendTemplate = "{{host}}", Area = true }));
        Assert.Throws<InvalidOperationException>(() => Board.Query("sum", "sum(rate(orders[10s]))"));
        Assert.Equal(0, Board.Engine.Catalog.Count);
    }

    [Theory]
    [InlineData("a-b")]
    [InlineData("cpu * 100")]
    public void What_could_be_the_name_of_series_is_an_expression_here(string expression)
    {
        Board.Query("q", expression);
        Assert.Equal($"({expression})", (string?)Board.WidgetJson("q")["queries"]![0]);
    }

    [Theory]
    [InlineData("sum(rate(cpu[1m])", "1:18")]
    [InlineData("1 +\n  cpu[5m", "2:")]
    [InlineData("nosuch(cpu)", "1:1")]
    public void What_cannot_be_read_is_said_at_the_call_with_its_place(string expression, string place)
    {
        var error = Assert.Throws<QueryException>(() => Board.Query("q", expression));
        Assert.StartsWith(place, error.Message);
        Assert.Null(Board.Document.FindWidget("q"));
    }

    [Fact]
    public void What_an_expression_says_itself_is_no_option()
    {
        Assert.Contains("Window of query 'q'", Assert.Throws<ArgumentException>(() => Board.Query("q", "cpu", new() { Window = "10s" })).Message);
        Assert.Contains("Queries of query 'q'", Assert.Throws<ArgumentException>(() => Board.Query("q", "cpu", new() { Queries = ["a"] })).Message);
    }

    [Fact]
    public void An_expression_stands_beside_selectors()
    {
        Board.Stat("s", new() { Queries = ["cpu", "sum(rate(cpu[1m]))"] });
        Assert.Equal(["cpu", "sum(rate(cpu[1m]))"], ((StatOptions)Board.Document.FindWidget("s")!).Queries);
    }
}
