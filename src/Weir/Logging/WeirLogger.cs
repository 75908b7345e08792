using Microsoft.Extensions.Logging;
using Weir.Hosting;

namespace Weir.Logging;

/// <summary>The logger of one category.</summary>
internal sealed class WeirLogger(WeirLoggerProvider provider, string category) : ILogger
{
    /// <summary>Set while this thread sends a line: what sending logs is not sent in turn.</summary>
    [ThreadStatic]
    private static bool _isSending;

    // Weir's own records are for whoever runs it, not for viewers. The web server logs each frame at Debug and Trace; showing that would send another frame, for ever.
    private readonly LogLevel _least =
        IsOwn(category) ? LogLevel.None : IsCategory("Microsoft.AspNetCore", category) ? LogLevel.Information : LogLevel.Trace;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => provider.Scopes?.Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && logLevel >= _least;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel) || _isSending) return;
        _isSending = true;
        try
        {
            provider.Send(logLevel, category, state, exception, formatter);
        }
        finally
        {
            _isSending = false;
        }
    }

    /// <summary>By its rooms: an application may be called Weir.Something itself.</summary>
    private static bool IsOwn(string category) =>
        IsCategory("Weir.Server", category) || IsCategory("Weir.Connectors", category) || IsCategory(DashboardLog.Category, category);

    private static bool IsCategory(string root, string category) =>
        category == root || (category.StartsWith(root, StringComparison.Ordinal) && category[root.Length] == '.');
}
