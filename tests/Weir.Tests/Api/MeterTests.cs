using System.Diagnostics.Metrics;
using Weir.Engine.Series;
using Weir.Meters;
using Weir.Visuals.Dashboards;

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
                """{"kind":"line","id":"Weir.Tests.Shop:orders","title":"orders","queries":["orders:rate:5s/1s{meter=\u0022Weir.Tests.Shop\u0022}"],"unit":"/s","help":"Orders taken"}""",
            ],
            Board.Document.Widgets.Select(widget => widget.Id).Order(StringComparer.Ordinal).Select(id => Board.WidgetJson(id).ToJsonString()));
        Pass(2);
        Assert.Contains(Board.Engine.Catalog.All, series => series.Key.ToString() == "orders:rate:5s/1s{country=\"AT\",meter=\"Weir.Tests.Shop\"}");
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
        Pass(2);
        Assert.Contains(Board.Engine.Catalog.All, series => series.Key.Name.EndsWith(":rate:5s/1s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rate_that_cannot_be_made_keeps_no_other_from_being_made()
    {
        using var errors = new StringWriter();
        await using var board = new FakeServer().CreateDashboard(errors: errors, time: Time);
        using var meter = new Meter("Weir.Tests.Blocked");
        using var widgets = new MeterWidgets(board, "Weir.Tests.Blocked");
        board.Engine.Resolve(new SeriesKey("b:rate:5s/1s"), SeriesKind.Counter);
        foreach (var name in (string[])["a", "b", "c"]) meter.CreateCounter<int>(name).Add(1);
        widgets.Show();
        for (var second = 0; second < 3; second++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            board.Engine.RunRound();
        }
        Assert.Equal(3, board.Document.Widgets.Count);
        Assert.Equal(["a", "c"], board.Engine.Catalog.All.Where(series => series.Key.Name.EndsWith("/1s", StringComparison.Ordinal) && series.Key.Labels.Length > 0).Select(series => series.Key.Name[..1]));
        Assert.Equal(1, board.Rates.Failures);
        Assert.Single(errors.ToString().Split("has no rate.")[1..]);
    }

    [Fact]
    public async Task A_chart_that_fails_keeps_no_other_from_being_made()
    {
        using var errors = new StringWriter();
        await using var board = new FakeServer().CreateDashboard(errors: errors, time: Time);
        using var meter = new Meter("Weir.Tests.Failing");
        using var widgets = new MeterWidgets(board, "Weir.Tests.Failing");
        board.Document.Changed += () =>
        {
            if (board.Document.Widgets.Count == 1) throw new FormatException("A handler that throws.");
        };
        foreach (var name in (string[])["a", "b", "c"]) meter.CreateGauge<int>(name).Record(1);
        widgets.Show();
        widgets.Show();
        Assert.Equal(1, widgets.LeftOut);
        Assert.NotNull(board.Document.FindWidget("Weir.Tests.Failing:c"));
        Assert.Contains("Instrument a has no chart", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Charts_past_the_limit_on_widgets_are_left_out_counted_and_told_once()
    {
        using var errors = new StringWriter();
        await using var board = new FakeServer().CreateDashboard(errors: errors, time: Time);
        for (var i = 0; i < DashboardDocument.WidgetsMax - 1; i++) board.Text($"text {i}");
        using var meter = new Meter("Weir.Tests.Cut");
        using var widgets = new MeterWidgets(board, "Weir.Tests.Cut");
        for (var i = 10; i < 30; i++) meter.CreateGauge<int>($"level {i}").Record(1);
        widgets.Show();
        widgets.Show();
        Assert.Equal(DashboardDocument.WidgetsMax, board.Document.Widgets.Count);
        Assert.Equal(19, widgets.LeftOut);
        Assert.Contains("19 instruments have no chart: level 11, ", errors.ToString(), StringComparison.Ordinal);
        Assert.Single(errors.ToString().Split("level 20 and 9 more")[1..]);
    }

    [Fact]
    public async Task A_callback_that_throws_is_told_once_with_its_name()
    {
        using var errors = new StringWriter();
        await using var board = new FakeServer().CreateDashboard(errors: errors, time: Time);
        using var meter = new Meter("Weir.Tests.Callback");
        meter.CreateObservableGauge("broken", int () => throw new TimeoutException("No answer."));
        using var widgets = new MeterWidgets(board, "Weir.Tests.Callback");
        for (var second = 0; second < 3; second++) Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Matches("^Weir: The callback of instrument Weir.Tests.Callback/broken failed;[^\n]*TimeoutException: No answer.\r?\n$", errors.ToString());
    }

    [Fact]
    public void An_empty_pattern_is_refused() => Assert.Throws<ArgumentException>(() => Board.Observe(" "));

    private void Pass(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            Board.Engine.RunRound();
        }
    }
}
