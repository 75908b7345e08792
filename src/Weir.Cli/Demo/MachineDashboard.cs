using Weir.Connectors;
using Weir.Connectors.Logs;
using Weir.Connectors.Meters;
using Weir.Connectors.Machine;
using Weir.Engine.Tables;

namespace Weir.Cli.Demo;

/// <summary>The dashboard of this machine: what it samples, and where it shows it.</summary>
internal sealed class MachineDashboard : IDisposable
{
    private readonly Dashboard _dashboard;
    private readonly TimeProvider _time;
    private readonly SystemSource _system;
    private readonly WeirMeter _meter;
    private readonly MeterSource _runtime;
    private readonly MeterSource _own;
    private readonly LogTable _log;
    private FileTail? _tail;
    private Poller? _viewers;
    private int _viewerCount;

    public MachineDashboard(Dashboard dashboard, TimeProvider time)
    {
        (_dashboard, _time) = (dashboard, time);
        _system = new SystemSource(dashboard.Engine, time: time);
        _meter = new WeirMeter(dashboard);
        _runtime = new MeterSource(dashboard.Engine, "System.Runtime", time: time);
        _own = new MeterSource(dashboard.Engine, WeirMeter.Name, time: time);
        _log = dashboard.Engine.Tables.ResolveLog("log");
        MachinePage.Add(dashboard);
        RuntimePage.Add(dashboard);
    }

    /// <summary>Begins to sample and to follow a log file.</summary>
    public void Start()
    {
        _system.Start();
        if (!_system.IsSupported) Say("This machine has no /proc to read; what Weir itself does is shown all the same.", LogSeverity.Warning);
        Say($"Sampling this machine every second: {Environment.ProcessorCount} processors, processes, memory, disks and network.");
        if (LogFiles.FindReadable() is { } path)
        {
            _tail = new FileTail(path, _log, new FileTailOptions { LinesFirst = 50 }, _time);
            _tail.Start();
            Say($"Following {path}.");
        }
        else
        {
            Say("No log file of this machine may be read; this log tells what Weir does.");
        }
        _viewers = new Poller(_time, TimeSpan.FromSeconds(1), NoteViewers);
    }

    public void Dispose()
    {
        _viewers?.Dispose();
        _tail?.Dispose();
        _own.Dispose();
        _runtime.Dispose();
        _meter.Dispose();
        _system.Dispose();
    }

    private void NoteViewers()
    {
        var count = _dashboard.ViewerCount;
        if (count == _viewerCount) return;
        Say(count > _viewerCount ? $"A viewer came; {count} are watching." : $"A viewer left; {count} are watching.");
        _viewerCount = count;
    }

    private void Say(string message, LogSeverity severity = LogSeverity.Information) => _log.Send(message, severity, "weir");
}
