#:package Weir
using Weir;

// One stream, six views of it: every point, and what became of each second in windows.
var latency = Live.Metric("latency", new() { Title = "Latency of each order", Unit = "ms", Span = 2 });
var average = Live.Metric("average", new() { Title = "Average a second", Unit = "ms", Window = "1s" });
var worst = Live.Metric("worst", new() { Title = "Worst in 5 seconds", Unit = "ms", Window = "5s", Aggregation = Aggregation.Max, Warning = 80 });
var tail = Live.Metric("tail", new() { Title = "99th percentile of a minute", Unit = "ms", Window = "1m", Slide = "1s", Aggregation = Aggregation.P99 });
var orders = Live.Metric("orders", new() { Title = "Orders a second", Unit = "/s", Window = "1s", Aggregation = Aggregation.Count });
var revenue = Live.Metric("revenue", new() { Title = "Revenue in 10 seconds", Unit = "€", Window = "10s", Aggregation = Aggregation.Sum });

using var timer = new Timer(_ => Order(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
Live.Run();

void Order()
{
    // A point may have a time of its own and come late: it is sorted in, and the window it belongs to is corrected.
    var at = DateTimeOffset.UtcNow - TimeSpan.FromMilliseconds(Random.Shared.Next(3000));
    var milliseconds = 10 - 15 * Math.Log(Random.Shared.NextDouble());
    foreach (var metric in new[] { latency, average, worst, tail, orders }) metric.Send(milliseconds, at);
    revenue.Send(Random.Shared.Next(5, 100), at);
}
