using Microsoft.Extensions.Hosting;

namespace Weir.Hosting;

/// <summary>Runs the engine of a dashboard for as long as its host runs, and lets go of it with the host.</summary>
internal sealed class EngineService(Dashboard dashboard) : IHostedService, IAsyncDisposable, IDisposable
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
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
