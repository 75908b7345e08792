using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Weir.Bench.Engine.Peers;

/// <summary>A meter whose instruments OpenTelemetry aggregates, with its defaults and a reader that exports nowhere.</summary>
internal sealed class OpenTelemetryMeter : IDisposable
{
    private readonly Meter _meter = new("weir.bench.opentelemetry");
    private readonly MeterProvider _provider;

    public OpenTelemetryMeter()
    {
        _provider = Sdk.CreateMeterProviderBuilder().AddMeter(_meter.Name).AddReader(new BaseExportingMetricReader(new NoExporter())).Build();
        Counter = _meter.CreateCounter<long>("counter");
        DoubleCounter = _meter.CreateCounter<double>("double");
        Gauge = _meter.CreateGauge<double>("gauge");
        Histogram = _meter.CreateHistogram<double>("histogram");
    }

    public Counter<long> Counter { get; }

    public Counter<double> DoubleCounter { get; }

    public Gauge<double> Gauge { get; }

    public Histogram<double> Histogram { get; }

    public Counter<long> LabelledCounter(string name) => _meter.CreateCounter<long>("labels." + name);

    public void Dispose()
    {
        _provider.Dispose();
        _meter.Dispose();
    }

    private sealed class NoExporter : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }
}
