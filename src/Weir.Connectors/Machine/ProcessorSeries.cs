using System.Globalization;
using Weir.Engine.Series;

namespace Weir.Connectors.Machine;

/// <summary>Turns readings of processor times into the series of their use.</summary>
internal sealed class ProcessorSeries(SampleWriter writer)
{
    private readonly TimeSeries _busy = writer.Resolve("system.cpu");
    private readonly TimeSeries _user = writer.Resolve("system.cpu.user");
    private readonly TimeSeries _system = writer.Resolve("system.cpu.system");
    private readonly TimeSeries _ioWait = writer.Resolve("system.cpu.iowait");
    private readonly TimeSeries _steal = writer.Resolve("system.cpu.steal");
    private readonly TimeSeries _idle = writer.Resolve("system.cpu.idle");
    private readonly Dictionary<int, Core> _cores = [];
    private ProcessorTimes? _total;
    private long _sample;

    public void Send(KernelStatistics statistics)
    {
        _sample++;
        if (_total is { } earlier && statistics.Total is { } later) SendTotal(ProcessorUse.Between(earlier, later));
        _total = statistics.Total;
        foreach (var (number, times) in statistics.Processors) SendCore(number, times);
        foreach (var (number, core) in _cores)
        {
            if (core.Sample == _sample) continue;
            // Taken offline: a gap, and a new beginning should it return.
            writer.Send(core.Series, double.NaN);
            _cores.Remove(number);
        }
    }

    private void SendTotal(ProcessorUse? use)
    {
        writer.Send(_busy, use?.Busy ?? double.NaN);
        writer.Send(_user, use?.User ?? double.NaN);
        writer.Send(_system, use?.System ?? double.NaN);
        writer.Send(_ioWait, use?.IoWait ?? double.NaN);
        writer.Send(_steal, use?.Steal ?? double.NaN);
        writer.Send(_idle, use?.Idle ?? double.NaN);
    }

    private void SendCore(int number, in ProcessorTimes times)
    {
        if (_cores.TryGetValue(number, out var core))
        {
            writer.Send(core.Series, ProcessorUse.Between(core.Times, times)?.Busy ?? double.NaN);
        }
        else
        {
            var label = new Label("core", number.ToString(CultureInfo.InvariantCulture));
            core = _cores[number] = new Core(writer.Resolve("system.cpu.core", label));
        }
        (core.Times, core.Sample) = (times, _sample);
    }

    private sealed class Core(TimeSeries series)
    {
        public readonly TimeSeries Series = series;
        public ProcessorTimes Times;
        public long Sample;
    }
}
