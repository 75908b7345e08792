using System.Diagnostics.Metrics;
using Weir.Engine;
using Weir.Server.Gateway;

namespace Weir.Server.Metrics;

/// <summary>
/// Weir's own metrics as a meter of <c>System.Diagnostics.Metrics</c> called <c>Weir</c>, for Weir itself and for any other listener of the process. Its scope is
/// the engine, which tells the meters of several servers in one process apart.
/// </summary>
internal sealed class WeirMeter : IDisposable
{
    public const string Name = "Weir";

    private readonly Meter _meter;
    private readonly LatencyHistogram _latency;

    public WeirMeter(TimeSeriesEngine engine, ViewerGateway gateway)
    {
        _meter = new Meter(new MeterOptions(Name) { Scope = engine });
        _latency = gateway.Counters.Latency;
        var origin = new MetricOrigin(engine, gateway);
        foreach (var metric in WeirMetrics.All) Create(metric, origin);
    }

    public void Dispose()
    {
        _latency.Instrument = null;
        _meter.Dispose();
    }

    private void Create(WeirMetric metric, MetricOrigin origin)
    {
        switch (metric.Type)
        {
            case MetricType.Counter:
                _meter.CreateObservableCounter(metric.Name, () => Read(metric, origin), metric.Unit, metric.Help);
                break;
            case MetricType.Gauge:
                _meter.CreateObservableGauge(metric.Name, () => Read(metric, origin), metric.Unit, metric.Help);
                break;
            default:
                _latency.Instrument = _meter.CreateHistogram<double>(metric.Name, metric.Unit, metric.Help);
                break;
        }
    }

    private static IEnumerable<Measurement<double>> Read(WeirMetric metric, MetricOrigin origin)
    {
        foreach (var sample in metric.Samples)
        {
            var value = sample.Read(origin);
            yield return metric.Label is null ? new(value) : new(value, new KeyValuePair<string, object?>(metric.Label, sample.LabelValue));
        }
    }
}
