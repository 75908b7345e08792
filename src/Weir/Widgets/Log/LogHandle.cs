using Weir.Engine.Tables;

namespace Weir;

/// <summary>Lines with a level and a source. A message over 4,096 characters is cut and ends in "…".</summary>
public sealed class LogHandle : WidgetHandle
{
    private readonly LogTable _log;

    internal LogHandle(Dashboard dashboard, string id, int rowsMax)
        : base(dashboard, id, "log") => _log = dashboard.Engine.Tables.ResolveLog(id, rowsMax);

    /// <summary>Adds a line with the time of now.</summary>
    public void Send(string message, LogSeverity level = LogSeverity.Information, string source = "")
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(source);
        _log.Send(message, level, source);
        Dashboard.NoteSend();
    }

    /// <summary>Adds a line with its own time, of any year.</summary>
    public void Send(string message, LogSeverity level, string source, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(source);
        // Not by way of nanoseconds, which end in 2262: a line may bear any date, and logging never fails.
        _log.Table.Send((time.UtcTicks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond, level.ToString().ToLowerInvariant(), source, message);
        Dashboard.NoteSend();
    }

    public void Debug(string message, string source = "") => Send(message, LogSeverity.Debug, source);

    public void Information(string message, string source = "") => Send(message, LogSeverity.Information, source);

    public void Warning(string message, string source = "") => Send(message, LogSeverity.Warning, source);

    public void Error(string message, string source = "") => Send(message, LogSeverity.Error, source);
}
