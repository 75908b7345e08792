using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Weir.Server.Gateway;

/// <summary>Counts what went wrong, and logs the first of each kind: a fault that repeats with every tick must not fill the log.</summary>
internal sealed partial class GatewayLog(ILogger logger, GatewayCounters counters)
{
    private readonly ConcurrentDictionary<(string, Type), bool> _logged = new();

    /// <param name="what">What the gateway was about, such as "refreshing a view".</param>
    /// <param name="e">What went wrong.</param>
    public void Failed(string what, Exception e)
    {
        Interlocked.Increment(ref counters.ErrorsCount);
        if (!_logged.TryAdd((what, e.GetType()), true)) return;
        try
        {
            LogFailure(logger, what, e);
        }
        catch (Exception)
        {
            // A logger that fails is no reason for viewers to see nothing; the fault is counted.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The gateway failed at {What} and goes on. More of this kind are counted and not logged.")]
    private static partial void LogFailure(ILogger logger, string what, Exception exception);
}
