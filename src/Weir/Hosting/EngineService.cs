using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Weir.Hosting;

/// <summary>Runs the engine of a dashboard for as long as its host runs, lets it tell faults through the host's loggers, and lets go of it with the host.</summary>
internal sealed class EngineService(Dashboard dashboard, ILoggerFactory loggers) : IHostedService, IAsyncDisposable, IDisposable
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        dashboard.Logger = loggers.CreateLogger(DashboardLog.Category);
        dashboard.StartEngine();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        dashboard.StopEngine();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => dashboard.DisposeAsync();

    // A host that is disposed of without waiting has nobody to wait for this.
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
