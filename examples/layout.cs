#:package Weir
using Weir;

// Scopes say where new widgets go; without any they flow in a grid of two columns.
Live.Title = "Machine room";
Live.Theme = Theme.Dark;

using (Live.Columns(2, 1)) // the first twice as wide
{
    using (Live.Column())
        Live.LineChart("temperature", new() { Unit = "°C", AxisLabel = "Temperature", Warning = 70, Critical = 85 });
    using (Live.Column())
    {
        Live.Gauge("load", new() { Unit = "%", Shape = GaugeShape.Ring, Warning = 75, Critical = 90 });
        Live.Stat("requests", new() { Unit = "/s", Format = "N0" });
    }
}
using (Live.Tabs("Disk", "Network"))
{
    using (Live.Tab("Disk")) Live.Metric("disk", new() { Title = "Written", Unit = "bytes/s", Area = true });
    using (Live.Tab("Network")) Live.Metric("network", new() { Title = "Received", Unit = "bits/s", Area = true });
}
using (Live.Expander("About this page", expanded: false))
    Live.Markdown("about").Send("Values are **made up**; the layout is what this example shows. See `examples/layout.cs`.");
using (Live.Page("Notes"))
    Live.Text("note", new() { Style = TextStyle.Heading }).Send("A second page");

var seconds = 0.0;
using var timer = new Timer(_ => Sample(), null, TimeSpan.Zero, TimeSpan.FromSeconds(0.1));
Live.Run();

void Sample()
{
    seconds += 0.1;
    foreach (var (rack, phase) in new[] { ("rack 1", 0), ("rack 2", 2), ("rack 3", 4) })
        Live.LineChart("temperature").Send(rack, 60 + 20 * Math.Sin(seconds / 5 + phase) + Random.Shared.NextDouble());
    Live.Gauge("load").Send(50 + 45 * Math.Sin(seconds / 7));
    Live.Stat("requests").Send(1200 + 300 * Math.Sin(seconds / 11) + Random.Shared.Next(50));
    Live.Metric("disk").Send(2e6 + 1e6 * Math.Sin(seconds));
    Live.Metric("network").Send(4e7 + 1e7 * Math.Cos(seconds / 3));
}
