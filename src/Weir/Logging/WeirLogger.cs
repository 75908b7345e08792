using Microsoft.Extensions.Logging;

namespace Weir.Logging;

/// <summary>The logger of one category.</summary>
internal sealed class WeirLogger(WeirLoggerProvider provider, string category) : ILogger
{
    /// <summary>Set while this thread sends a line: what sending logs is not sent in turn.</summary>
    [ThreadStatic]
    private static bool _isSending;

    // Weir's own records are for whoever runs it, not for viewers. The web server logs each frame at Debug and Trace; showing that would send another frame, for ever.
    private readonly LogLevel _least =
        IsCategory("Weir", category) ? LogLevel.None : IsCategory("Microsoft.AspNetCore", category) ? LogLevel.Information : LogLevel.Trace;

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

    private static bool IsCategory(string root, string category) =>
        category == root || (category.StartsWith(root, StringComparison.Ordinal) && category[root.Length] == '.');
}
