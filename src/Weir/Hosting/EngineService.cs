using Microsoft.Extensions.Hosting;

namespace Weir.Hosting;

/// <summary>Runs the engine of a dashboard for as long as its host runs.</summary>
internal sealed class EngineService(Dashboard dashboard) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        dashboard.Engine.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        dashboard.Engine.Stop();
        return Task.CompletedTask;
    }
}
