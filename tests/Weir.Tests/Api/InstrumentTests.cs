using Weir.Tests.Connectors;
using Weir.Tests.Data;

namespace Weir.Tests.Api;

/// <summary><c>Counter</c> and <c>Histogram</c>: what they record, what their charts ask for.</summary>
public class InstrumentTests : DashboardTest
{
    [Fact]
    public void A_counter_has_a_chart_of_its_rate()
    {
        Board.Counter("sold", new() { Title = "Sold", Help = "Bytes sold", Unit = "bytes", Span = 2 });
        Board.Counter("visits");
        Assert.Equal(
            """{"kind":"line","id":"sold","title":"Sold","unit":"bytes/s","help":"Bytes sold","span":2,"queries":["sold:rate:5s/1s"]}""",
            Ordered("sold", "kind", "id", "title", "unit", "help", "span", "queries"));
        Assert.Equal("""{"kind":"line","id":"visits","unit":"/s","queries":["visits:rate:5s/1s"]}""", Ordered("visits", "kind", "id", "unit", "queries"));
    }

    [Fact]
    public void Each_set_of_labels_is_a_line_as_soon_as_it_has_a_point_and_none_before()
    {
        var requests = Board.Counter("requests");
        Pass(2);
        Assert.Empty(Rates());
        for (var second = 0; second < 12; second++)
        {
            requests.Add(30, ("route", "/x"));
            requests.Add(7, ("status", "200"), ("route", "/y"));
            Pass(1);
        }
        Assert.Equal(["requests:rate:5s/1s{route=\"/x\"}", "requests:rate:5s/1s{route=\"/y\",status=\"200\"}"], Rates());
        requests.Add(1);
        Pass(2);
        Assert.Equal(3, Rates().Count);
        // The last windows are still being filled.
        Assert.InRange(Board.Engine.ValuesOf("requests:rate:5s/1s{route=\"/x\"}")[^6], 24, 36);
        Assert.InRange(Board.Engine.ValuesOf("requests:rate:5s/1s{route=\"/y\"}")[^6], 5.5, 8.5);
    }

    [Fact]
    public void A_histogram_has_a_chart_of_its_quantiles_and_they_are_right()
    {
        var latency = Board.Histogram("latency", new() { Unit = "ms", Quantiles = [0.25, 0.999] });
        for (var value = 1; value <= 2000; value++) latency.Record(value, ("route", "/x"));
        Pass(2);
        Assert.Equal(
            """{"kind":"line","id":"latency","unit":"ms","queries":["latency{quantile=\u00220.25\u0022}","latency{quantile=\u00220.999\u0022}"]}""",
            Ordered("latency", "kind", "id", "unit", "queries"));
        Assert.Equal(500, Board.Engine.ValuesOf("latency{quantile=\"0.25\",route=\"/x\"}")[0], 500 * 0.011);
        Assert.Equal(1998, Board.Engine.ValuesOf("latency{quantile=\"0.999\",route=\"/x\"}")[0], 1998 * 0.011);
        Assert.Equal(2000, Board.Engine.ValuesOf("latency.count{route=\"/x\"}")[^1]);

        Board.Histogram("size");
        Assert.Equal(["size{quantile=\"0.5\"}", "size{quantile=\"0.95\"}", "size{quantile=\"0.99\"}"], ((LineChartOptions)Board.Document.FindWidget("size")!).Queries);
    }

    [Fact]
    public void Recording_allocates_nothing_with_labels_or_without()
    {
        var counter = Board.Counter("hot");
        var histogram = Board.Histogram("warm");
        Assert.Equal(0, Allocations.OfLeanest(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                counter.Add(1);
                counter.Add(0.5);
                counter.Add(1, ("route", "/x"));
                counter.Add(1, ("route", "/x"), ("status", "200"), ("method", "GET"));
                histogram.Record(i);
                histogram.Record(i, ("route", "/x"));
                histogram.Record(i, ("route", "/x"), ("status", "200"), ("method", "GET"));
            }
        }));
    }

    [Fact]
    public void What_is_no_increment_and_no_value_is_refused_and_counted()
    {
        var counter = Board.Counter("sold");
        var histogram = Board.Histogram("size");
        counter.Add(4);
        counter.Add(-1L);
        counter.Add(-0.5);
        counter.Add(double.PositiveInfinity, ("to", "AT"));
        histogram.Record(double.NaN);
        histogram.Record(double.NegativeInfinity, ("to", "AT"));
        Pass(1);
        Assert.Equal((4.0, 5L), (counter.Total, Board.Engine.Counters.RefusedIncrements));
    }

    [Fact]
    public void A_handle_kept_for_labels_records_into_the_same_series()
    {
        var counter = Board.Counter("requests");
        counter.With(("route", "/x")).Add(2);
        counter.Add(3, ("route", "/x"));
        var histogram = Board.Histogram("latency");
        histogram.With(("route", "/x")).Record(2);
        histogram.Record(3, ("route", "/x"));
        Pass(1);
        Assert.Equal(5, Board.Engine.ValuesOf("requests{route=\"/x\"}")[^1]);
        Assert.Equal(5, Board.Engine.ValuesOf("latency.sum{route=\"/x\"}")[^1]);
    }

    [Fact]
    public void A_second_call_gives_the_same_handle_and_other_options_are_an_error()
    {
        var counter = Board.Counter("sold", new() { Unit = "bytes" });
        Assert.Same(counter, Board.Counter("sold"));
        Assert.Same(counter, Board.Counter("sold", new() { Unit = "bytes" }));
        Assert.Contains("Unit = count", Assert.Throws<InvalidOperationException>(() => Board.Counter("sold", new() { Unit = "count" })).Message);
        var histogram = Board.Histogram("size", new() { Quantiles = [0.5] });
        Assert.Same(histogram, Board.Histogram("size", new() { Quantiles = [0.5] }));
        Assert.Throws<InvalidOperationException>(() => Board.Histogram("size", new() { Quantiles = [0.9] }));
    }

    [Fact]
    public void One_name_is_one_kind_of_widget()
    {
        Board.Counter("a");
        Board.Metric("b");
        Assert.Contains("is a counter and cannot also be a metric", Assert.Throws<InvalidOperationException>(() => Board.Metric("a")).Message);
        Assert.Contains("is a counter and cannot also be a histogram", Assert.Throws<InvalidOperationException>(() => Board.Histogram("a")).Message);
        Assert.Contains("is a metric and cannot also be a counter", Assert.Throws<InvalidOperationException>(() => Board.Counter("b")).Message);
    }

    [Fact]
    public void Options_out_of_range_are_refused_with_what_is_allowed()
    {
        Assert.Contains("1 to 12", Assert.Throws<ArgumentException>(() => Board.Counter("a", new() { Span = 13 })).Message);
        Assert.Contains("1 to 16 characters", Assert.Throws<ArgumentException>(() => Board.Counter("a", new() { Unit = new string('u', 17) })).Message);
        Assert.Contains("1 to 240 characters", Assert.Throws<ArgumentException>(() => Board.Counter(new string('n', 241))).Message);
        Assert.Contains("0 to 1", Assert.Throws<ArgumentException>(() => Board.Histogram("a", new() { Quantiles = [0.5, 1.5] })).Message);
        Assert.Contains("1 to 16", Assert.Throws<ArgumentException>(() => Board.Histogram("a", new() { Quantiles = [] })).Message);
        Assert.Contains("1 to 16", Assert.Throws<ArgumentException>(() => Board.Histogram("a", new() { Quantiles = [.. Enumerable.Range(0, 17).Select(i => i / 17.0)] })).Message);
        Assert.Contains("each number once", Assert.Throws<ArgumentException>(() => Board.Histogram("a", new() { Quantiles = [0.5, 0.5] })).Message);
        Assert.Empty(Board.Document.Widgets);
        Board.Counter(new string('n', 240)).Add(1);
        Pass(2);
        Assert.Single(Rates());
        Board.Histogram("b", new() { Quantiles = [.. Enumerable.Range(0, 16).Select(i => i / 16.0)] });
        Assert.Equal(16, ((LineChartOptions)Board.Document.FindWidget("b")!).Queries.Count);
    }

    private List<string> Rates() =>
        [.. Board.Engine.Catalog.All.Select(series => series.Key.ToString()).Where(key => key.Contains(":rate:", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private string Ordered(string id, params string[] keys)
    {
        var widget = Board.WidgetJson(id).AsObject();
        Assert.Equal(keys.Order(StringComparer.Ordinal), widget.Select(pair => pair.Key).Order(StringComparer.Ordinal));
        return $"{{{string.Join(',', keys.Select(key => $"\"{key}\":{widget[key]!.ToJsonString()}"))}}}";
    }

    private void Pass(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            Board.Engine.RunRound();
        }
    }
}
