using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Weir.Hosting;

/// <summary>Runs the engine of a dashboard for as long as its host runs, lets it tell faults through the host's loggers, and lets go of it with the host.</summary>
internal sealed class EngineService(Dashboard dashboard, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        dashboard.Logger = loggers.CreateLogger(DashboardLog.Category);
        dashboard.Engine.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        dashboard.Engine.Stop();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => dashboard.DisposeAsync();
}
