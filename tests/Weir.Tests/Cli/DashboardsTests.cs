using Weir.Cli.Demo;
using Weir.Cli.Pipe;
using Weir.Connectors.Text;
using Weir.Engine.Queries;
using Weir.Tests.Connectors;
using Weir.Tests.Data;

namespace Weir.Tests.Cli;

public class DashboardsTests
{
    [Fact]
    public async Task The_demo_shows_many_series_moving_charts_a_table_and_a_log()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no /proc on this system.");
        var time = ManualClock.AtNoon();
        await using var dashboard = new Dashboard(time: time);
        using var demo = new MachineDashboard(dashboard, time);
        demo.Start();
        // The fake clock jumps: within one step each timer sees the step's end.
        for (var second = 0; second < 12; second++) time.Advance(TimeSpan.FromSeconds(1));
        dashboard.Engine.RunRound();

        var widgets = dashboard.Document.Widgets;
        Assert.All(widgets.OfType<StatOptions>(), widget => Assert.True(PointsOf(widget) >= 12, $"{widget.Id} has {PointsOf(widget)} points"));
        Assert.InRange(widgets.Count(widget => widget is MetricOptions or LineChartOptions && PointsOf(widget) > 1), 12, 40);
        Assert.InRange(dashboard.Engine.Catalog.All.Count(series => series.Snapshot.Count > 0), 40, 1000);
        Assert.True(dashboard.Engine.Tables.Find(widgets.OfType<TableOptions>().Single().Table!)!.Count > 0);
        Assert.True(dashboard.Engine.Tables.Find(widgets.OfType<LogOptions>().Single().Table!)!.Count > 0);

        long PointsOf(WidgetOptions widget) =>
            ((SeriesWidgetOptions)widget).Queries.SelectMany(selector => Selector.Parse(selector).Select(dashboard.Engine.Catalog)).Sum(series => series.Snapshot.Count);
    }

    [Fact]
    public async Task A_pipe_makes_a_chart_of_each_group_and_a_log_of_the_rest()
    {
        var time = ManualClock.AtNoon();
        await using var dashboard = new Dashboard(time: time);
        var source = new TextSource(dashboard.Engine, time: time);
        using var messages = new StringWriter();
        using var pipe = new PipeDashboard(dashboard, source, messages, time);
        await using var input = File.OpenRead(Path.Combine(Golden.Folder, "text", "vmstat.txt"));
        await source.RunAsync(input, cancellation: TestContext.Current.CancellationToken);
        source.Take("something else");
        source.End();
        pipe.Finish();

        Assert.Equal(
            ["chart cpu %", "chart io", "chart memory", "chart procs", "chart swap", "chart system /s", "input", "lines"],
            dashboard.Document.Widgets.Select(widget => widget.Id).Order(StringComparer.Ordinal));
        Assert.Equal(["cpu.us", "cpu.sy", "cpu.id", "cpu.wa", "cpu.st"], ((LineChartOptions)dashboard.Document.FindWidget("chart cpu %")!).Queries);
        Assert.Contains("Reading vmstat: 17 columns", messages.ToString(), StringComparison.Ordinal);
        Assert.Contains("after 7 lines", messages.ToString(), StringComparison.Ordinal);
    }
}
