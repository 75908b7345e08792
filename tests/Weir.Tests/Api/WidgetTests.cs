using Weir.Engine.Tables;
using Weir.Engine.Windows;
using Weir.Visuals.Widgets;

namespace Weir.Tests.Api;

public class WidgetTests : DashboardTest
{
    [Fact]
    public void The_same_id_is_the_same_widget()
    {
        var first = Board.Metric("cpu", new() { Unit = "%" });
        Assert.Same(first, Board.Metric("cpu"));
        Assert.Same(first, Board.Metric("cpu", new() { Unit = "%" }));
        Assert.Equal("%", (string?)Board.WidgetJson("cpu")["unit"]);
        Assert.Single(Board.Document.Widgets);
    }

    [Fact]
    public void Other_options_at_a_second_call_are_an_error_that_names_both_places()
    {
        Board.Table("rows", new() { Columns = [new("a"), new("b")], Sort = "b" });
        Board.Table("rows", new() { Columns = [new("a"), new("b")], Sort = "b" });
        var message = Assert.Throws<InvalidOperationException>(() => Board.Table("rows", new() { Columns = [new("a")], MaxRows = 5 })).Message;
        Assert.Matches(@"The table 'rows' was made at WidgetTests\.cs:\d+ .* at WidgetTests\.cs:\d+ it was given .*""maxRows"":5", message);
        Assert.DoesNotContain("/", message);

        Board.Stat("s");
        Assert.Throws<InvalidOperationException>(() => Board.Stat("s", new() { Title = "late" }));
        Assert.Throws<ArgumentException>(() => Board.Stat("s", new() { Id = "t" }));
    }

    [Theory]
    [InlineData("orange", "#ffa500")]
    [InlineData("DarkSlateGrey", "#2f4f4f")]
    [InlineData("#FA0", "#FA0")]
    public void A_color_is_what_it_stands_for(string color, string written)
    {
        Board.Metric("m", new() { Color = color, Thresholds = [new(1, Color: color)] });
        Assert.Equal(written, (string?)Board.WidgetJson("m")["color"]);
        Assert.Equal(written, (string?)Board.WidgetJson("m")["thresholds"]![0]!["color"]);
    }

    [Fact]
    public void Stats_gauges_and_lines_show_windows_as_metrics_do()
    {
        Board.Stat("s", new() { Window = "10s", Aggregation = Aggregation.Max });
        Board.Gauge("g", new() { Window = "1m", Slide = "5s", Aggregation = Aggregation.P99 });
        Board.LineChart("l", new() { Window = "10s" }).Send("a", 3);
        Assert.Equal(["s:max:10s"], ((StatOptions)Board.Document.FindWidget("s")!).Queries);
        Assert.Equal(["g:p99:1m/5s"], ((GaugeOptions)Board.Document.FindWidget("g")!).Queries);
        var query = Assert.Single(((LineChartOptions)Board.Document.FindWidget("l")!).Queries);
        Assert.Single(Weir.Engine.Queries.Selector.Parse(query).Select(Board.Engine.Catalog));
    }

    [Fact]
    public void Queries_may_be_expressions_and_what_does_not_parse_is_refused_where_it_is_written()
    {
        Board.Stat("s", new() { Queries = ["quantile_over_time(0.99, lat[10s])"] });
        var error = Assert.Throws<ArgumentException>(() => Board.LineChart("l", new() { Queries = ["rat(cpu[1m])"] }));
        Assert.StartsWith("Queries of line 'l': ", error.Message);
        Assert.Null(Board.Document.FindWidget("l"));
    }

    [Fact]
    public void One_id_and_two_kinds_is_an_error_that_names_both()
    {
        Board.Metric("cpu");
        var error = Assert.Throws<InvalidOperationException>(() => Board.Gauge("cpu"));
        Assert.Equal("Widget 'cpu' is a metric and cannot also be a gauge. Give one of them another id.", error.Message);
    }

    [Fact]
    public void Name_of_series_of_another_kind_is_an_error_that_names_both_and_leaves_nothing_behind()
    {
        Board.Engine.Counter("orders", ("shop", "a"));
        var error = Assert.Throws<InvalidOperationException>(() => Board.Metric("orders", new() { Window = "10s" }));
        Assert.Equal("Series 'orders' is a counter and cannot also be a gauge. Use another name.", error.Message);
        Assert.Empty(Board.Document.Widgets);
        Assert.Equal(1, Board.Engine.Catalog.Count);
    }

    [Theory]
    [InlineData("", "1 to 256 characters")]
    [InlineData(" cpu", "no space at either end")]
    [InlineData("cpu{0}", "contains '{'")]
    [InlineData("cpu?", "contains '?'")]
    [InlineData("a\nb", "U+000A")]
    public void An_id_that_cannot_name_a_series_is_refused(string id, string reason)
    {
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => Board.Metric(id)).Message);
        Assert.Empty(Board.Document.Widgets);
    }

    public static TheoryData<MetricOptions, string> WrongMetricOptions => new()
    {
        { new() { MaxPoints = -5 }, "MaxPoints of metric 'cpu' is -5; allowed is 1 or more." },
        { new() { Span = 13 }, "Span of metric 'cpu' is 13; allowed is 1 to 12." },
        { new() { Min = 10, Max = 5 }, "Max of metric 'cpu' is 5; allowed is a number above Min, which is 10." },
        { new() { Color = "#12" }, "Color of metric 'cpu' is '#12'; allowed is a color such as #ffaa00 or #fa0, or a name of CSS such as orange." },
        { new() { Color = "blurple" }, "Color of metric 'cpu' is 'blurple'; allowed is a color" },
        { new() { Color = "wat", Thresholds = [] }, "Color of metric 'cpu' is 'wat'; allowed is a color" },
        { new() { Warning = 80, Critical = 20 }, "Warning of metric 'cpu' is 80; allowed is a number up to Critical, which is 20." },
        { new() { Unit = "" }, "Unit of metric 'cpu' is ''; allowed is 1 to 16 characters." },
        { new() { Warning = double.NaN }, "Warning of metric 'cpu' is NaN; allowed is a finite number." },
        { new() { Slide = "1s" }, "Slide of metric 'cpu' is 1s; allowed is a slide together with a Window, such as Window = \"10s\"." },
        { new() { Window = "1s", Slide = "2s" }, "Slide of metric 'cpu' is 2s; allowed is a slide up to the length of the Window, 1s." },
        { new() { Window = "1s", Aggregation = Aggregation.Quantile }, "Quantile of metric 'cpu' is 'missing'; allowed is a number from 0 to 1 together with Aggregation.Quantile." },
        { new() { Window = "1s", Quantile = 0.5 }, "Quantile of metric 'cpu' is '0.5'; allowed is a number from 0 to 1 together with Aggregation.Quantile." },
        { new() { Aggregation = Aggregation.Max }, "Aggregation of metric 'cpu' is Max; allowed is an aggregation together with a Window, such as Window = \"10s\"." },
        { new() { Thresholds = [new(5)] }, "Thresholds of metric 'cpu' is 5; allowed is a threshold with a severity or a color, such as Threshold.Warning(80)." },
    };

    [Theory, MemberData(nameof(WrongMetricOptions))]
    public void A_wrong_option_is_refused_with_what_is_allowed(MetricOptions options, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => Board.Metric("cpu", options));
        Assert.StartsWith(message, error.Message);
        Assert.Empty(Board.Document.Widgets);
    }

    [Fact]
    public void A_wrong_duration_says_what_one_looks_like() =>
        Assert.Contains("\"10s\"", Assert.Throws<ArgumentException>(() => new MetricOptions { Window = "10 parsecs" }).Message);

    [Fact]
    public void A_selector_that_does_not_parse_names_the_chart() =>
        Assert.StartsWith("Queries of line 'l': '{' is not a selector", Assert.Throws<ArgumentException>(() => Board.LineChart("l", new() { Queries = ["{"] })).Message);

    [Fact]
    public void A_metric_keeps_values_in_order_and_times_as_given()
    {
        var metric = Board.Metric("cpu");
        metric.Send(1);
        metric.Send([2, 3]);
        metric.Send(0, Time.GetUtcNow() - TimeSpan.FromSeconds(10));
        Assert.Equal([0, 1, 2, 3], Board.Values(metric.Series));
    }

    [Fact]
    public void A_time_that_no_point_can_have_is_refused() =>
        Assert.Contains("1678", Assert.Throws<ArgumentOutOfRangeException>(() => Board.Metric("cpu").Send(1, default(DateTimeOffset))).Message);

    [Fact]
    public void A_windowed_metric_shows_the_windowed_series()
    {
        var metric = Board.Metric("rate", new() { Window = "10s", Aggregation = Aggregation.Max });
        foreach (var value in new double[] { 4, 9, 2 }) metric.Send(value);
        Time.Advance(TimeSpan.FromSeconds(10));
        metric.Send(7);
        var shown = Board.Engine.Window(metric.Series, "10s", Aggregation.Max);
        Assert.Equal([9, 7], Board.Values(shown));
        Assert.Equal("""{"kind":"metric","id":"rate","queries":["rate:max:10s"],"window":"10s","aggregation":"max"}""", Board.WidgetJson("rate").ToJsonString());
    }

    [Fact]
    public void A_metric_may_show_any_quantile_of_windows_that_slide()
    {
        var metric = Board.Metric("slow", new() { Window = "1m", Slide = "5s", Aggregation = Aggregation.Quantile, Quantile = 0.999 });
        for (var i = 0; i < 100; i++) metric.Send(i);
        Assert.Equal("""{"kind":"metric","id":"slow","queries":["slow:p99.9:1m/5s"],"window":"1m","slide":"5s","aggregation":"quantile","quantile":0.999}""", Board.WidgetJson("slow").ToJsonString());
        var shown = Board.Engine.Window(metric.Series, WindowSpec.Parse("1m/5s", "p99.9"));
        Assert.InRange(Board.Values(shown)[^1], 98, 99);
    }

    [Fact]
    public void Thresholds_of_both_forms_come_in_order()
    {
        Board.Gauge("g", new() { Critical = 90, Warning = 80, Thresholds = [new(85, Color: "#fa0")] });
        Assert.Equal([80.0, 85, 90], Board.WidgetJson("g")["thresholds"]!.AsArray().Select(threshold => (double)threshold!["value"]!));
    }

    [Fact]
    public void Series_of_a_line_chart_are_labelled_and_made_by_their_first_value()
    {
        var chart = Board.LineChart("latency", new() { Unit = "ms" });
        chart.AddSeries("p50");
        chart.Send("p99", 12);
        Assert.Equal(
            ["latency{series=\"p50\"}", "latency{series=\"p99\"}"], Board.Engine.Catalog.All.Select(series => series.Key.ToString()));
        Assert.Equal([12], Board.Values(chart.AddSeries("p99").Series));
        var json = Board.WidgetJson("latency");
        Assert.Equal("latency{series!=\"\"}", (string?)json["queries"]![0]);
        Assert.Equal("series", (string?)json["legendLabel"]);
        var selector = Weir.Engine.Queries.Selector.Parse((string)json["queries"]![0]!);
        Assert.Equal(2, selector.Select(Board.Engine.Catalog).Count());
    }

    [Fact]
    public void A_line_chart_refuses_more_series_than_a_viewer_may_watch()
    {
        var chart = Board.LineChart("many");
        for (var i = 0; i < LineChartHandle.SeriesMax; i++) chart.Send($"s{i}", i);
        Assert.Contains("256 series already", Assert.Throws<InvalidOperationException>(() => chart.Send("more", 1)).Message);
    }

    [Fact]
    public void A_log_and_texts_hold_what_was_sent()
    {
        Board.Log("log", new() { MaxRows = 2, Level = LogSeverity.Warning }).Send("one");
        Board.Log("log").Warning("two", "source");
        Board.Log("log").Error("three");
        var rows = Board.Engine.Tables.Find("log")!.Window(0, 10).Rows;
        Assert.Equal(["warning source two", "error  three"], rows.Select(row => $"{row[1]} {row[2]} {row[3]}"));
        Assert.Equal("warning", (string?)Board.WidgetJson("log")["level"]);

        Board.Text("note", new() { Style = TextStyle.Heading }).Send("a");
        Board.Text("note").Send("b");
        Board.Markdown("readme").Send("# c");
        Assert.Equal("b", Assert.Single(Board.Engine.Tables.Find("note")!.Window(0, 10).Rows)[0]);
        Assert.Equal("""[{"heading":1,"text":["c"]}]""", Assert.Single(Board.Engine.Tables.Find("readme")!.Window(0, 10).Rows)[0]);
    }
}
