using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Weir.Hosting;

/// <summary>The server that shows a dashboard in browsers.</summary>
internal static class GatewayServer
{
    public static Task<IDashboardServer> StartAsync(Dashboard dashboard, CancellationToken cancellation) => throw Absent();

    public static void AddTo(IServiceCollection services, Dashboard dashboard)
    {
    }

    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, string path) => throw Absent();

    private static NotSupportedException Absent() => new("The server is not part of this build.");
}
