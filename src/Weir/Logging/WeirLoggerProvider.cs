using Microsoft.Extensions.Logging;
using Weir.Engine.Tables;

namespace Weir.Logging;

/// <summary>
/// Streams log records to a log widget, which keeps a bounded number of lines, with their fields and scopes. Never throws into the application that logs: what cannot be sent is
/// counted, and a widget that could not be made is tried again.
/// </summary>
[ProviderAlias("Weir")]
internal sealed class WeirLoggerProvider(Func<LogHandle> log, TimeProvider? time = null) : ILoggerProvider, ISupportExternalScope
{
    /// <summary>Making the widget may start a server; an application that logs much must not try that for each line.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _making = new();
    private LogHandle? _log;
    private long? _failedAt;
    private long _lost;

    /// <summary>Lines that could not be sent.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>The scopes that the application's loggers share; null before they are given.</summary>
    public IExternalScopeProvider? Scopes { get; private set; }

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => new WeirLogger(this, categoryName);

    public void Dispose()
    {
    }

    /// <summary>Sends a line, made when there is somewhere to send it.</summary>
    public void Send<TState>(LogLevel level, string category, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            if (Resolve() is { } handle)
            {
                handle.Send(LogLine.Write(formatter(state, exception), state, Scopes, exception), (LogSeverity)level, category);
                return;
            }
        }
        catch (Exception)
        {
            // Logging must not fail the application, whatever a formatter or a dashboard that is gone throws.
        }
        Interlocked.Increment(ref _lost);
    }

    private LogHandle? Resolve()
    {
        if (Volatile.Read(ref _log) is { } known) return known;
        lock (_making)
        {
            if (_log is not null) return _log;
            if (_failedAt is { } failed && _time.GetElapsedTime(failed) < RetryInterval) return null;
            try
            {
                Volatile.Write(ref _log, log());
                return _log;
            }
            catch (Exception)
            {
                _failedAt = _time.GetTimestamp();
                return null;
            }
        }
    }
}
