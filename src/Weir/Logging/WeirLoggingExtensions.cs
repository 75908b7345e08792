using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Logging;

namespace Weir;

/// <summary>Log records on a dashboard.</summary>
public static class WeirLoggingExtensions
{
    /// <summary>Streams log records to a log widget of the application's dashboard, or of <see cref="Live"/> where there is none, with their
    /// structured fields, scopes and exceptions. Weir's own records are left out.</summary>
    /// <param name="logging">Where loggers are set up; filters apply to the provider <c>Weir</c>.</param>
    /// <param name="id">Id of the log widget.</param>
    /// <param name="options">What it keeps and shows.</param>
    public static ILoggingBuilder AddWeir(this ILoggingBuilder logging, string id = "log", LogOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(logging);
        logging.Services.AddSingleton<ILoggerProvider>(services =>
            new WeirLoggerProvider(() => (services.GetService<Dashboard>() ?? Live.Dashboard).Log(id, options)));
        return logging;
    }
}
