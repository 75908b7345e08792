using Microsoft.Extensions.Time.Testing;
using Weir.Visuals.Dashboards;
using Weir.Cli.Pipe;
using Weir.Connectors.Text;
using Weir.Tests.Connectors;
using Weir.Tests.Data;

namespace Weir.Tests.Cli;

public sealed class PipeDashboardTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = ManualClock.AtNoon();
    private readonly Dashboard _dashboard;
    private readonly StringWriter _messages = new();

    public PipeDashboardTests() => _dashboard = new Dashboard(time: _time);

    public async ValueTask DisposeAsync()
    {
        await _dashboard.DisposeAsync();
        await _messages.DisposeAsync();
    }

    [Fact]
    public void The_latency_of_a_ping_stands_first_and_other_lines_last()
    {
        var source = new TextSource(_dashboard.Engine, time: _time);
        using var pipe = new PipeDashboard(_dashboard, source, _messages, _time);
        source.Take("PING host (192.0.2.1) 56(84) bytes of data.");
        for (var i = 1; i < 5; i++) source.Take($"64 bytes from 192.0.2.1: icmp_seq={i} ttl=57 time={10 + i}.5 ms");
        pipe.Finish();
        Assert.Equal(["input", "time", "icmp_seq", "ttl", "lines"], Ids());
        Assert.Equal(["information: PING host (192.0.2.1) 56(84) bytes of data."], _dashboard.Engine.LinesOf("lines"));
    }

    [Fact]
    public void A_comma_in_the_name_of_a_column_stays_in_the_title()
    {
        var source = new TextSource(_dashboard.Engine, time: _time);
        using var pipe = new PipeDashboard(_dashboard, source, _messages, _time);
        source.Take("Day,\"Revenue, EUR\"");
        source.Take("2024-11-20,12.5");
        source.Take("2024-11-21,13.5");
        pipe.Finish();
        Assert.Equal("Revenue, EUR", _dashboard.Document.Widgets.OfType<MetricOptions>().Single().Title);
    }

    [Fact]
    public void A_label_with_one_value_makes_no_legend_and_one_that_differs_names_it()
    {
        var source = new TextSource(_dashboard.Engine, time: _time);
        using var pipe = new PipeDashboard(_dashboard, source, _messages, _time);
        for (var i = 0; i < 4; i++) source.Take($$"""{"e":"trade","price":{{i}}}""");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(Chart("price").Legend);
        for (var i = 0; i < 8; i++) source.Take($$"""{"e":"trade","price":{{i}},"side":"{{(i % 2 == 0 ? "buy" : "sell")}}"}""");
        pipe.Finish();
        Assert.True(Chart("price").Legend);
        Assert.Equal("side", Chart("price").LegendLabel);
    }

    [Fact]
    public void A_chart_of_what_was_joined_leaves_the_parts_out()
    {
        var source = new TextSource(_dashboard.Engine, time: _time);
        using var pipe = new PipeDashboard(_dashboard, source, _messages, _time);
        for (var i = 0; i < 14; i++) source.Take($"ms={i} user=u{i % 7}");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["ms"], Chart("ms").Queries);
        for (var i = 14; i < 60; i++) source.Take($"ms={i} user=u{i}");
        pipe.Finish();
        Assert.Equal(["ms{user=\"\"}"], Chart("ms").Queries);
    }

    [Fact]
    public async Task What_was_left_out_is_counted_on_the_card_and_in_the_last_line()
    {
        var source = new TextSource(_dashboard.Engine, new TextSourceOptions { SeriesMax = 2, LineLengthMax = 64, Times = TextTimes.Event }, _time);
        using var pipe = new PipeDashboard(_dashboard, source, _messages, _time);
        var text = "time=2024-11-21T11:59:59Z a=1 b=2 c=3\n" // c is one series too many
            + $"time=2024-11-21T11:59:59Z a=1 x={new string('y', 100)}\n" // cut
            + "nothing here\n"
            + "time=2024-11-22T11:59:59Z a=1\n"; // ahead
        await source.RunAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), cancellation: TestContext.Current.CancellationToken);
        _dashboard.Engine.RunRound();
        source.Take("time=2024-11-21T10:00:00Z a=1"); // late
        _dashboard.Engine.RunRound();
        pipe.Finish();
        string[] problems =
        [
            "1 not understood, for example: nothing here", "1 line cut", "1 value left out, there are too many series",
            "1 value refused, older than their series allows", "1 value refused, ahead of the clock",
        ];
        var last = _messages.ToString().TrimEnd().Split('\n')[^1];
        Assert.StartsWith("The input has ended after 5 lines, understood as key=value", last, StringComparison.Ordinal);
        Assert.All(problems, problem => Assert.Contains(problem, last, StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.Contains($" · {problem}", Card(), StringComparison.Ordinal));
        Assert.EndsWith("the input has ended", Card(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_times_that_never_comes_is_said_once()
    {
        var source = new TextSource(_dashboard.Engine, new TextSourceOptions { Times = TextTimes.Event, TimeName = "when" }, _time);
        using var pipe = new PipeDashboard(_dashboard, source, _messages, _time);
        for (var i = 0; i < TextSource.LinesToTimeName; i++) source.Take($"v={i}");
        for (var i = 0; i < 5; i++) _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(_messages.ToString().Split('\n'), line => line.Contains("No line has a column 'when'", StringComparison.Ordinal));
        Assert.Contains("No line has a column 'when'", Card(), StringComparison.Ordinal);
    }

    private string[] Ids() => [.. _dashboard.Document.DefaultPage.Root.Children.Select(child => child switch { WidgetPlace place => place.Widget, _ => "" })];

    private LineChartOptions Chart(string id) => (LineChartOptions)_dashboard.Document.FindWidget(id)!;

    private string Card() => (string)_dashboard.Engine.Tables.Find(((RowsWidgetOptions)_dashboard.Document.FindWidget("input")!).Table!)!.Window(0, 1).Rows[0][0]!;
}
