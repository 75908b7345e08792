using Weir.Hosting;

namespace Weir.Tests.Api;

/// <summary>Counts what would have been started.</summary>
internal sealed class FakeServer : IDashboardServer
{
    private int _starts;

    public Uri Url { get; } = new("http://127.0.0.1:3999");

    public int ViewerCount { get; set; }

    public int Stops { get; private set; }

    public int Starts => Volatile.Read(ref _starts);

    public Exception? Failure { get; set; }

    /// <summary>A dashboard that this server would show.</summary>
    public Dashboard CreateDashboard(TextWriter? output = null, TextWriter? errors = null, TimeProvider? time = null) =>
        new(new WeirOptions(), time ?? TimeProvider.System, StartAsync, output ?? TextWriter.Null, errors ?? TextWriter.Null);

    public Task<IDashboardServer> StartAsync(Dashboard dashboard, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _starts);
        return Failure is null ? Task.FromResult<IDashboardServer>(this) : Task.FromException<IDashboardServer>(Failure);
    }

    public Task StopAsync(CancellationToken cancellation)
    {
        Stops++;
        return Task.CompletedTask;
    }
}
