using Microsoft.Extensions.Logging;
using Weir.Hosting;

namespace Weir;

/// <summary>Faults of Weir's own: they are counted, logged once and end nothing.</summary>
public sealed partial class Dashboard
{
    private ILogger? _logger;

    /// <summary>Where faults are told: the loggers of the host, or standard error where a dashboard runs by itself.</summary>
    internal ILogger Logger
    {
        get => Volatile.Read(ref _logger) ?? new GuardedLogger(new TextLogger(_errors));
        set => Volatile.Write(ref _logger, new GuardedLogger(value));
    }

    private void WatchFaults()
    {
        Engine.RoundFailed += failure => DashboardLog.RoundFailed(Logger, Engine.Counters.FailedRounds, failure);
        Engine.HandlerFailed += failure => DashboardLog.HandlerFailed(Logger, failure);
    }
}
