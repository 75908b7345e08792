using Weir.Engine.Series;

namespace Weir.Connectors.Machine;

/// <summary>The part of a sample that comes from the kernel's own statistics: everything but the processes.</summary>
internal sealed class KernelSampler : IDisposable
{
    private readonly TimeProvider _time;
    private readonly SampleWriter _writer;
    private readonly ProcFile _stat;
    private readonly ProcFile _memory;
    private readonly ProcFile _disks;
    private readonly ProcFile _network;
    private readonly ProcFile _load;
    private readonly ProcFile _uptime;
    private readonly (string Resource, ProcFile File)[] _pressure;
    private readonly KernelStatistics _statistics = new();
    private readonly ProcessorSeries _processors;
    private readonly DeviceRates _diskRates;
    private readonly DeviceRates _networkRates;
    private readonly List<DiskTotals> _diskTotals = [];
    private readonly List<NetworkTotals> _networkTotals = [];
    private readonly Dictionary<(string Name, string Label), TimeSeries> _series = [];
    private CounterRate _contextSwitches;
    private CounterRate _interrupts;
    private CounterRate _forks;

    public KernelSampler(SystemSourceOptions options, SampleWriter writer, TimeProvider time)
    {
        (_time, _writer) = (time, writer);
        _stat = Proc("stat");
        _memory = Proc("meminfo");
        _disks = Proc("diskstats");
        _network = Proc("net/dev");
        _load = Proc("loadavg");
        _uptime = Proc("uptime");
        _pressure = [("cpu", Proc("pressure/cpu")), ("memory", Proc("pressure/memory")), ("io", Proc("pressure/io"))];
        _processors = new ProcessorSeries(writer);
        _diskRates = new DeviceRates(writer, time, "device", "system.disk.read", "system.disk.write");
        _networkRates = new DeviceRates(writer, time, "interface", "system.network.receive", "system.network.transmit");

        ProcFile Proc(string name) => new(Path.Combine(options.ProcPath, name));
    }

    public void Sample(int? processCount)
    {
        SampleStatistics(processCount);
        SampleMemory();
        SampleDevices();
        SampleLoad();
    }

    public void Dispose()
    {
        foreach (var file in (ReadOnlySpan<ProcFile>)[_stat, _memory, _disks, _network, _load, _uptime]) file.Dispose();
        foreach (var (_, file) in _pressure) file.Dispose();
    }

    private void SampleStatistics(int? processCount)
    {
        _statistics.Parse(_stat.Read());
        var timestamp = _time.GetTimestamp();
        _processors.Send(_statistics);
        Send("system.processes.running", _statistics.Running);
        Send("system.processes.blocked", _statistics.Blocked);
        Send("system.processes.total", processCount);
        SendRate("system.context_switches", ref _contextSwitches, _statistics.ContextSwitches, timestamp);
        SendRate("system.interrupts", ref _interrupts, _statistics.Interrupts, timestamp);
        SendRate("system.processes.created", ref _forks, _statistics.Forks, timestamp);
    }

    private void SampleMemory()
    {
        var memory = MemoryStatistics.Parse(_memory.Read());
        Send("system.memory.total", memory.Total);
        Send("system.memory.used", memory.Used);
        Send("system.memory.available", memory.Available);
        Send("system.memory.free", memory.Free);
        Send("system.memory.cached", memory.Cached);
        Send("system.memory.buffers", memory.Buffers);
        Send("system.memory.swap_used", memory.SwapUsed);
    }

    private void SampleDevices()
    {
        DiskStatistics.Parse(_disks.Read(), _diskTotals);
        _diskRates.Begin(_time.GetTimestamp());
        foreach (var disk in _diskTotals) _diskRates.Send(disk.Device, disk.Read, disk.Written);
        _diskRates.End();

        NetworkStatistics.Parse(_network.Read(), _networkTotals);
        _networkRates.Begin(_time.GetTimestamp());
        foreach (var network in _networkTotals) _networkRates.Send(network.Interface, network.Received, network.Transmitted);
        _networkRates.End();
    }

    private void SampleLoad()
    {
        if (LoadStatistics.Parse(_load.Read()) is { } load)
        {
            Send("system.load", load.OneMinute, "window", "1m");
            Send("system.load", load.FiveMinutes, "window", "5m");
            Send("system.load", load.FifteenMinutes, "window", "15m");
            Send("system.threads", load.Threads);
        }
        foreach (var (resource, file) in _pressure) Send("system.pressure", PressureStatistics.ParseSome(file.Read()), "resource", resource);
        var uptime = new FieldReader(_uptime.Read());
        if (uptime.TryReadNumber(out double seconds)) Send("system.uptime", seconds);
    }

    private void SendRate(string name, ref CounterRate rate, ulong? total, long timestamp)
    {
        if (total is { } known) Send(name, rate.Next(known, timestamp, _time));
    }

    /// <summary>Sends a value to a series that is made when it first has one: what this kernel does not offer does not appear.</summary>
    private void Send(string name, double? value, string label = "", string labelValue = "")
    {
        if (value is null) return;
        if (!_series.TryGetValue((name, labelValue), out var series))
        {
            series = label.Length == 0 ? _writer.Resolve(name) : _writer.Resolve(name, new Label(label, labelValue));
            _series[(name, labelValue)] = series;
        }
        _writer.Send(series, value);
    }
}
