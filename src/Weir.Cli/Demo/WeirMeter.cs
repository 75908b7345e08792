using System.Diagnostics.Metrics;

namespace Weir.Cli.Demo;

/// <summary>What Weir itself does, as a meter like any other: points taken in and lost, series, memory of points, viewers.</summary>
internal sealed class WeirMeter : IDisposable
{
    public const string Name = "Weir";

    private readonly Meter _meter = new(Name);

    public WeirMeter(Dashboard dashboard)
    {
        var engine = dashboard.Engine;
        _meter.CreateObservableCounter("weir.points.appended", () => engine.Counters.Appended, "{point}", "Points taken into a series");
        _meter.CreateObservableCounter("weir.points.lost", () => engine.Counters.Lost + engine.DroppedNewest, "{point}", "Points lost because senders outran the engine");
        _meter.CreateObservableCounter("weir.rounds", () => engine.Counters.Rounds, "{round}", "Rounds of the engine that changed something");
        _meter.CreateObservableGauge("weir.series", () => engine.Catalog.Count, "{series}", "Series there are");
        _meter.CreateObservableGauge("weir.points.memory", () => engine.Counters.PointBytes, "By", "Memory of points and their ladders");
        _meter.CreateObservableGauge("weir.viewers", () => dashboard.ViewerCount, "{viewer}", "Viewers connected");
    }

    public void Dispose() => _meter.Dispose();
}
