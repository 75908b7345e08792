using System.Net;
using Weir.Connectors.Meters;
using Weir.Engine.Queries;
using Weir.Server.Gateway;
using Weir.Server.Metrics;

namespace Weir.Tests.Api;

/// <summary>The built-in dashboard of Weir's own metrics.</summary>
public class SelfDashboardTests : DashboardTest
{
    [Fact]
    public async Task Every_line_of_every_chart_has_points_and_nothing_is_kept_before_somebody_looks()
    {
        await using var gateway = new ViewerGateway(Board.Engine);
        using var meter = new WeirMeter(Board.Engine, gateway);
        Pass(gateway, 3);
        Assert.Equal(["main"], Board.Catalog.All.Select(dashboard => dashboard.Id));
        Assert.Equal(0, Board.Engine.Catalog.Count);

        var document = Board.Catalog.Find("weir")!;
        Assert.Same(document, Board.Catalog.Find("weir"));
        Pass(gateway, 10);
        Assert.All(document.Widgets.OfType<LineChartOptions>().SelectMany(widget => widget.Queries), selector =>
        {
            var series = Selector.Parse(selector).Select(Board.Engine.Catalog).ToList();
            Assert.True(series.Count > 0, $"{selector} finds no series.");
            Assert.All(series, one => Assert.True(one.Snapshot.Count > 0, $"{one.Key} has no points."));
        });
        Assert.Equal(WeirMetrics.All.Select(metric => metric.Chart).Distinct(), document.Widgets.Select(widget => widget.Title));
        Assert.Equal("s", ((LineChartOptions)document.Widgets.Single(widget => widget.Title == "Latency of messages")).Unit);
    }

    [Fact]
    public async Task The_meter_has_all_that_the_list_has()
    {
        await using var gateway = new ViewerGateway(Board.Engine);
        using var meter = new WeirMeter(Board.Engine, gateway);
        using var source = new MeterSource(Board.Engine, WeirMeter.Name);
        Assert.Equal(
            WeirMetrics.All.Select(metric => (metric.Name, (string?)metric.Help)).Order(), source.Instruments.Select(instrument => (instrument.Series, instrument.Description)).Order());
    }

    [Fact]
    public void Metrics_of_one_chart_have_one_type_and_one_unit() => Assert.All(
        WeirMetrics.All.GroupBy(metric => metric.Chart),
        chart => Assert.Single(chart.Select(metric => (metric.Type, metric.PrometheusUnit)).Distinct()));

    [Fact]
    public async Task It_is_served_and_its_id_is_taken()
    {
        await using var dashboard = new Dashboard(new WeirOptions { Port = 0 });
        await dashboard.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = dashboard.Url };
        using var answer = await client.GetAsync("api/v1/dashboards/weir", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Latency of messages", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("already", Assert.Throws<InvalidOperationException>(() => dashboard.Catalog.Add(new("weir"))).Message);
        Assert.Throws<InvalidOperationException>(() => dashboard.Catalog.AddOnDemand("main", () => new("main")));
    }

    private void Pass(ViewerGateway gateway, int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            gateway.Counters.Latency.Add(0.02);
            Time.Advance(TimeSpan.FromSeconds(1));
            Board.Engine.RunRound();
        }
    }
}
