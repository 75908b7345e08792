using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Weir.Server.Hosting;

namespace Weir.Hosting;

/// <summary>The server that shows a dashboard in browsers.</summary>
internal sealed class GatewayServer(WeirServer server) : IDashboardServer
{
    public Uri Url => server.Url;

    public int ViewerCount => server.ViewerCount;

    public static async Task<IDashboardServer> StartAsync(Dashboard dashboard, CancellationToken cancellation) =>
        new GatewayServer(await WeirServer.StartAsync(dashboard.Engine, dashboard.Catalog, OptionsOf(dashboard), dashboard.Options.LoggerFactory, cancellation).ConfigureAwait(false));

    public static void AddTo(IServiceCollection services, Dashboard dashboard) =>
        services.AddWeirServer(dashboard.Engine, dashboard.Catalog, OptionsOf(dashboard));

    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, string path) => endpoints.MapWeirServer(path);

    public async Task StopAsync(CancellationToken cancellation) => await server.DisposeAsync().ConfigureAwait(false);

    private static ServerOptions OptionsOf(Dashboard dashboard) => new()
    {
        Host = dashboard.Options.Host,
        Port = dashboard.Options.Port,
        Access = dashboard.Options.Access,
        MessagesPerMinute = dashboard.Options.Limits.MessagesPerMinute,
    };
}
