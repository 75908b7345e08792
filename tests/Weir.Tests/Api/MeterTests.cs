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
                """{"kind":"line","id":"Weir.Tests.Shop:latency","title":"latency","queries":["latency.count:rate:5s{meter=\u0022Weir.Tests.Shop\u0022}"],"unit":"/s"}""",
                """{"kind":"line","id":"Weir.Tests.Shop:orders","title":"orders","queries":["orders:rate:5s{meter=\u0022Weir.Tests.Shop\u0022}"],"unit":"/s","help":"Orders taken"}""",
            ],
            Board.Document.Widgets.Select(widget => widget.Id).Order(StringComparer.Ordinal).Select(id => Board.WidgetJson(id).ToJsonString()));
        Assert.Contains(Board.Engine.Catalog.All, series => series.Key.ToString() == "orders:rate:5s{country=\"AT\",meter=\"Weir.Tests.Shop\"}");
    }

    [Fact]
    public void An_empty_pattern_is_refused() => Assert.Throws<ArgumentException>(() => Board.Observe(" "));
}
