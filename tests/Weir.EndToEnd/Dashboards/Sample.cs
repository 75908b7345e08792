using Weir.EndToEnd.Servers;

namespace Weir.EndToEnd.Dashboards;

/// <summary>A dashboard with one widget of every kind, and values that move.</summary>
internal static class Sample
{
    public static readonly string[] Charts = ["load", "orders", "disk", "latency"];

    public static readonly string[] Rows = ["servers", "events", "note", "notes"];

    private static readonly string[] Regions = ["eu", "us", "asia"];

    public static Dashboard Create(int port = 0) => new(new WeirOptions { Title = "Sample", Port = port, OpenBrowser = false });

    /// <summary>Sends to every widget until it is disposed of.</summary>
    public static Producer Feed(Dashboard dashboard)
    {
        var load = dashboard.Metric("load", new MetricOptions { Title = "Load", Unit = "%", Area = true, Warning = 80 });
        var orders = dashboard.Stat("orders", new StatOptions { Title = "Orders" });
        var disk = dashboard.Gauge("disk", new GaugeOptions { Title = "Disk", Unit = "%", Warning = 70, Critical = 90 });
        var latency = dashboard.LineChart("latency", new LineChartOptions { Title = "Latency", Unit = "ms", LegendLabel = "series" });
        var regions = Regions.Select(latency.AddSeries).ToArray();
        var servers = dashboard.Table("servers", new TableOptions { Key = "name", Title = "Servers" });
        var events = dashboard.Log("events", new LogOptions { Title = "Events" });
        dashboard.Text("note", new TextOptions { Title = "Note" }).Send("All is well.");
        dashboard.Markdown("notes", new MarkdownOptions { Title = "Notes" }).Send("# Today\n\n- **one**\n- `two`\n");
        return new Producer(i =>
        {
            load.Send(50 + 40 * Math.Sin(i / 7.0));
            orders.Send(1000 + i);
            disk.Send(i % 100);
            for (var r = 0; r < regions.Length; r++) regions[r].Send(20 * (r + 1) + 5 * Math.Cos(i / (5.0 + r)));
            servers.Send(new { name = $"server-{i % 5}", requests = i, busy = i % 3 == 0 });
            if (i % 10 == 0) events.Information($"Round {i}", "sample");
        });
    }
}
