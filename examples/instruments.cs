#:package Weir
using System.Diagnostics;
using Weir;

// What a service counts and how long it takes, by route. Each call costs some nanoseconds; a chart gets one point a second.
var requests = Live.Counter("requests", new() { Title = "Requests", Help = "Answered, by route and status" });
var sent = Live.Counter("sent", new() { Title = "Sent", Unit = "bytes" });
var latency = Live.Histogram("latency", new() { Title = "Latency", Unit = "ms", Quantiles = [0.5, 0.95, 0.999] });

// Labels that are known beforehand need no lookup.
var health = requests.With(("route", "/health"), ("status", "200"));

using var timer = new Timer(_ => Serve(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(10));
Live.Run();

void Serve()
{
    var begun = Stopwatch.GetTimestamp();
    var route = Random.Shared.Next(3) switch { 0 => "/cart", 1 => "/search", _ => "/product" };
    var milliseconds = Math.Exp(Random.Shared.NextDouble() * 4) + Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    requests.Add(1, ("route", route), ("status", milliseconds > 50 ? "504" : "200"));
    sent.Add(Random.Shared.Next(200, 20_000));
    latency.Record(milliseconds, ("route", route));
    health.Add(1);
}
