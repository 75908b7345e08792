using Weir.Engine.Series;

namespace Weir.Connectors.Machine;

/// <summary>
/// Two running totals of each device of a kind (read and written, received and transmitted) as rates. A device that goes leaves a gap; one
/// that comes back begins anew.
/// </summary>
internal sealed class DeviceRates(SampleWriter writer, TimeProvider time, string label, string inName, string outName)
{
    private readonly Dictionary<string, Device> _devices = [];
    private long _timestamp;
    private long _sample;

    /// <summary>Begins a sample.</summary>
    public void Begin(long timestamp) => (_timestamp, _sample) = (timestamp, _sample + 1);

    public void Send(string name, ulong totalIn, ulong totalOut)
    {
        if (!_devices.TryGetValue(name, out var device))
        {
            var key = new Label(label, name);
            device = _devices[name] = new Device(writer.Resolve(inName, key), writer.Resolve(outName, key));
        }
        device.Sample = _sample;
        writer.Send(device.In, device.InRate.Next(totalIn, _timestamp, time));
        writer.Send(device.Out, device.OutRate.Next(totalOut, _timestamp, time));
    }

    /// <summary>Ends a sample: devices that were not in it are gone.</summary>
    public void End()
    {
        foreach (var (name, device) in _devices)
        {
            if (device.Sample == _sample) continue;
            writer.Send(device.In, double.NaN);
            writer.Send(device.Out, double.NaN);
            _devices.Remove(name);
        }
    }

    private sealed class Device(TimeSeries inSeries, TimeSeries outSeries)
    {
        public readonly TimeSeries In = inSeries;
        public readonly TimeSeries Out = outSeries;
        public CounterRate InRate;
        public CounterRate OutRate;
        public long Sample;
    }
}
