using Microsoft.Extensions.Logging;

namespace Weir.Hosting;

/// <summary>Writes warnings and errors to a text, such as standard error, where no host has loggers.</summary>
internal sealed class TextLogger(TextWriter output) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and not LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        var message = formatter(state, exception);
        output.WriteLine(exception is null ? $"Weir: {message}" : $"Weir: {message} {exception.GetType().Name}: {exception.Message}");
    }
}
