#:sdk Microsoft.NET.Sdk.Web
#:package Weir
using System.Diagnostics;
using Weir;

// The dashboard inside an application: on its port, under /live, with its log and its meters.
var builder = WebApplication.CreateBuilder(args);
var dashboard = builder.AddWeir(options => options.Title = "Shop");
builder.Logging.AddWeir("log", new() { Title = "Application log", Span = 2 });

var app = builder.Build();
app.MapWeir("/live");
app.MapGet("/", () => "Open /live, and load /order a few times.");

var latency = dashboard.Metric("latency", new() { Title = "Latency of /order", Unit = "ms" });
var stock = dashboard.Gauge("stock", new() { Max = 50 });
var left = 50;
app.MapGet("/order", async (ILogger<Program> logger) =>
{
    var began = Stopwatch.GetTimestamp();
    await Task.Delay(Random.Shared.Next(5, 50));
    if (--left < 0) left = 50;
    stock.Send(left);
    if (left < 5) logger.LogWarning("Only {Left} left", left);
    latency.Send(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    return $"Thank you. {left} left.";
});
app.Run();
