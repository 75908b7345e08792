using Microsoft.Extensions.Logging;

namespace Weir.Logging;

/// <summary>Streams log records to a log widget, which keeps a bounded number of lines.</summary>
[ProviderAlias("Weir")]
internal sealed class WeirLoggerProvider(Func<LogHandle> log) : ILoggerProvider
{
    private readonly Lazy<LogHandle> _log = new(log);

    public ILogger CreateLogger(string categoryName) => new WeirLogger(_log, categoryName);

    public void Dispose()
    {
    }
}
