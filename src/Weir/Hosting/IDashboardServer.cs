namespace Weir.Hosting;

/// <summary>What shows a dashboard to viewers; tests bring one of their own.</summary>
internal interface IDashboardServer
{
    Uri Url { get; }

    int ViewerCount { get; }

    Task StopAsync(CancellationToken cancellation);
}

/// <summary>Starts a server for a dashboard.</summary>
internal delegate Task<IDashboardServer> ServerStarter(Dashboard dashboard, CancellationToken cancellation);
