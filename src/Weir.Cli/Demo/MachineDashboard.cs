using Weir.Connectors.Logs;
using Weir.Connectors.Meters;
using Weir.Connectors.Machine;
using Weir.Engine.Tables;

namespace Weir.Cli.Demo;

/// <summary>The dashboard of this machine: what it samples, and where it shows it.</summary>
internal sealed class MachineDashboard : IDisposable
{
    private readonly TimeProvider _time;
    private readonly SystemSource _system;
    private readonly MeterSource _runtime;
    private readonly LogTable _log;
    private FileTail? _tail;

    public MachineDashboard(Dashboard dashboard, TimeProvider time)
    {
        _time = time;
        _system = new SystemSource(dashboard.Engine, time: time);
        _runtime = new MeterSource(dashboard.Engine, "System.Runtime", time: time);
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
    }

    public void Dispose()
    {
        _tail?.Dispose();
        _runtime.Dispose();
        _system.Dispose();
    }

    private void Say(string message, LogSeverity severity = LogSeverity.Information) => _log.Send(message, severity, "weir");
}
