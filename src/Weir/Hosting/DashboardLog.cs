using Microsoft.Extensions.Logging;

namespace Weir.Hosting;

/// <summary>What a dashboard says of its own faults.</summary>
internal static partial class DashboardLog
{
    /// <summary>The logging provider leaves it out of the application's log.</summary>
    public const string Category = "Weir.Dashboard";

    [LoggerMessage(Level = LogLevel.Error, Message = "A round of the engine ended early (failed so far: {Count}); the engine goes on. More of this kind in a row are counted and not logged.")]
    public static partial void RoundFailed(ILogger logger, long count, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "A handler of an event of the engine failed; the engine goes on. More are counted and not logged.")]
    public static partial void HandlerFailed(ILogger logger, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The callback of instrument {Instrument} failed; it has no value now and is asked again each second. More failures of it are counted and not logged.")]
    public static partial void CallbackFailed(ILogger logger, string instrument, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Instrument {Instrument} has no chart.")]
    public static partial void ChartFailed(ILogger logger, string instrument, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The dashboard has {WidgetsMax} widgets, which is the limit; {Count} instruments have no chart: {Instruments}. Observe fewer meters; the series are kept all the same.")]
    public static partial void ChartsCutOff(ILogger logger, int widgetsMax, int count, string instruments);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Counter {Series} has no rate.")]
    public static partial void RateFailed(ILogger logger, string series, Exception failure);
}
