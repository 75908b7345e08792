using System.Diagnostics.Metrics;
using Weir.Meters;

namespace Weir.Tests.Api;

public class MeterTests : DashboardTest
{
    [Fact]
    public void Instruments_become_charts_on_a_page_of_their_meter_once_they_have_measured()
    {
        using var meter = new Meter("Weir.Tests.Shop");
        using var widgets = new MeterWidgets(Board, "Weir.Tests.Shop");
        var orders = meter.CreateCounter<int>("orders", description: "Orders taken");
        var basket = meter.CreateGauge<int>("basket", "By");
        var latency = meter.CreateHistogram<double>("latency", "s");
        widgets.Show();
        Assert.Empty(Board.Document.Widgets);

        orders.Add(1, new KeyValuePair<string, object?>("country", "AT"));
        basket.Record(3);
        latency.Record(0.5);
        widgets.Show();
        widgets.Show();
        Assert.Equal(["Weir.Tests.Shop"], Board.Document.Pages.Select(page => page.Title));
        Assert.Equal(
            [
                """{"kind":"line","id":"Weir.Tests.Shop:basket","title":"basket","queries":["basket{meter=\u0022Weir.Tests.Shop\u0022}"],"unit":"bytes"}""",
                """{"kind":"line","id":"Weir.Tests.Shop:latency","title":"latency","queries":["latency{meter=\u0022Weir.Tests.Shop\u0022,quantile=\u00220.5\u0022}","latency{meter=\u0022Weir.Tests.Shop\u0022,quantile=\u00220.95\u0022}","latency{meter=\u0022Weir.Tests.Shop\u0022,quantile=\u00220.99\u0022}"],"unit":"s"}""",
                """{"kind":"line","id":"Weir.Tests.Shop:orders","title":"orders","queries":["orders:rate:5s{meter=\u0022Weir.Tests.Shop\u0022}"],"unit":"/s","help":"Orders taken"}""",
            ],
            Board.Document.Widgets.Select(widget => widget.Id).Order(StringComparer.Ordinal).Select(id => Board.WidgetJson(id).ToJsonString()));
        Assert.Contains(Board.Engine.Catalog.All, series => series.Key.ToString() == "orders:rate:5s{country=\"AT\",meter=\"Weir.Tests.Shop\"}");
    }

    [Fact]
    public void More_meters_than_pages_share_the_last_page()
    {
        var meters = Enumerable.Range(0, 60).Select(i => new Meter($"Weir.Tests.Many.{i}")).ToList();
        using var widgets = new MeterWidgets(Board, "Weir.Tests.Many.*");
        foreach (var meter in meters) meter.CreateGauge<int>("level").Record(1);
        widgets.Show();
        Assert.Equal(50, Board.Document.Pages.Count);
        Assert.Equal("Other meters", Board.Document.Pages[^1].Title);
        Assert.Equal(60, Board.Document.Widgets.Count);
        foreach (var meter in meters) meter.Dispose();
    }

    [Fact]
    public void A_counter_with_a_name_as_long_as_they_may_be_has_a_rate()
    {
        using var meter = new Meter("Weir.Tests.Long");
        using var widgets = new MeterWidgets(Board, "Weir.Tests.Long");
        meter.CreateCounter<int>(new string('c', 255)).Add(1);
        widgets.Show();
        Assert.Single(Board.Document.Widgets);
        Assert.Contains(Board.Engine.Catalog.All, series => series.Key.Name.EndsWith(":rate:5s", StringComparison.Ordinal));
    }

    [Fact]
    public void An_empty_pattern_is_refused() => Assert.Throws<ArgumentException>(() => Board.Observe(" "));
}
