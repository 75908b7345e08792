#:package Weir
using System.Diagnostics.Metrics;
using Weir;

// Every meter of the process becomes charts, without code where it measures: the runtime's, the libraries', your own.
Live.Observe("System.Runtime");
Live.Observe("Shop");

var meter = new Meter("Shop");
var orders = meter.CreateCounter<int>("shop.orders", description: "Orders taken");
var payment = meter.CreateHistogram<double>("shop.payment", "ms", "How long the bank took");
var basket = meter.CreateGauge<double>("shop.basket", "count", "Items in the newest basket");
using var timer = new Timer(_ => Order(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(50));
Live.Run();

void Order()
{
    orders.Add(1, new KeyValuePair<string, object?>("country", Random.Shared.Next(3) switch { 0 => "AT", 1 => "CH", _ => "DE" }));
    payment.Record(Math.Exp(Random.Shared.NextDouble() * 5));
    basket.Record(Random.Shared.Next(1, 20));
}
