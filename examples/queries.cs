#:package Weir
using Weir;

// Charts of expressions: PromQL over whatever is sent, kept up to date as time moves.
Live.Query("p99", "quantile_over_time(0.99, latency[10s])", new() { Title = "99th percentile of 10 seconds", Unit = "ms" });
Live.Query("rate", "sum by (shop) (rate(orders[10s]))", new() { Title = "Orders a second", Unit = "/s", LegendTemplate = "{{shop}}", Area = true });
Live.Query("share", "100 * rate(orders[10s]) / ignoring(shop) group_left sum(rate(orders[10s]))", new() { Title = "Share of each shop", Unit = "%", LegendTemplate = "{{shop}}", Stacked = true });

var latency = Live.Metric("latency", new() { Title = "Latency of each order", Unit = "ms" });
string[] shops = ["Vienna", "Zurich", "Berlin"];
var orders = shops.Select(shop => Live.Dashboard.Engine.Counter("orders", ("shop", shop))).ToArray();

using var timer = new Timer(_ => Order(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
Live.Run();

void Order()
{
    orders[(int)(shops.Length * Math.Pow(Random.Shared.NextDouble(), 2))].Add(1);
    latency.Send(10 - 15 * Math.Log(Random.Shared.NextDouble()));
}
