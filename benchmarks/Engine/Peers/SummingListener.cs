using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Weir.Bench.Engine.Peers;

/// <summary>The least that a listener of <c>System.Diagnostics.Metrics</c> can do and be right on several threads: one interlocked addition.</summary>
internal sealed class SummingListener : IDisposable
{
    private readonly Meter _meter = new("weir.bench.listener");
    private readonly MeterListener _listener = new();

    public SummingListener()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == _meter) listener.EnableMeasurementEvents(instrument, new StrongBox<long>());
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, sum) => Interlocked.Add(ref Unsafe.As<StrongBox<long>>(sum!).Value, value));
        _listener.Start();
        Counter = _meter.CreateCounter<long>("counter");
    }

    public Counter<long> Counter { get; }

    public void Dispose()
    {
        _listener.Dispose();
        _meter.Dispose();
    }
}
