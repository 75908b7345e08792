using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Engine;
using Weir.Server.Access;
using Weir.Server.Api;
using Weir.Server.Assets;
using Weir.Server.Gateway;
using Weir.Server.Ingest;
using Weir.Server.Metrics;
using Weir.Visuals.Dashboards;

namespace Weir.Server.Hosting;

/// <summary>Weir's endpoints, for a server of its own or inside another application.</summary>
public static class WeirEndpoints
{
    /// <summary>Adds what the endpoints need. Call <see cref="MapWeirServer"/> as well.</summary>
    public static IServiceCollection AddWeirServer(
        this IServiceCollection services, TimeSeriesEngine engine, DashboardCatalog dashboards, ServerOptions options)
    {
        options.Validate();
        services.AddSingleton(engine);
        services.AddSingleton(dashboards);
        services.AddSingleton(options);
        services.AddSingleton(provider => new ViewerGateway(engine, provider.GetService<ILoggerFactory>(), options.SendingLoops));
        services.AddSingleton<WeirMeter>();
        services.AddSingleton(new ServerAccess(engine, dashboards, options));
        return services;
    }

    /// <summary>Maps the dashboard, the push endpoints and the HTTP interface under <paramref name="path"/>, and starts pushing.</summary>
    /// <param name="endpoints">Where to map.</param>
    /// <param name="path">Such as <c>/live</c>, or <c>/</c>.</param>
    public static IEndpointConventionBuilder MapWeirServer(this IEndpointRouteBuilder endpoints, string path)
    {
        var services = endpoints.ServiceProvider;
        var engine = services.GetRequiredService<TimeSeriesEngine>();
        var gateway = services.GetRequiredService<ViewerGateway>();
        var options = services.GetRequiredService<ServerOptions>();
        var access = services.GetRequiredService<ServerAccess>();
        // Asked for so that it is there: the meter measures from now on, whoever listens.
        services.GetRequiredService<WeirMeter>();
        gateway.Start();
        // Before the host waits for connections to end: viewers hear that it stops, rather than keep it from stopping.
        services.GetService<IHostApplicationLifetime>()?.ApplicationStopping.Register(() => _ = gateway.DisposeAsync().AsTask());

        var group = endpoints.MapGroup(path.TrimEnd('/'));
        new ViewerEndpoints(gateway, access, options, engine.Time).Map(group);
        new PointsEndpoint(access, options).Map(group);
        var execution = new QueryExecution(engine.Time);
        new QueryEndpoints(access, execution, engine.Time).Map(group);
        new SeriesEndpoints(access, execution).Map(group);
        new StatusEndpoints(gateway, execution).Map(group);
        new DashboardEndpoints(access).Map(group);
        new HealthEndpoints(engine, gateway, access).Map(group);
        new AssetEndpoints(path.TrimEnd('/')).Map(group);
        return group;
    }

    /// <summary>Ends a request with a status and a sentence.</summary>
    internal static Task Answer(this HttpResponse response, int status, string text)
    {
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.XContentTypeOptions = "nosniff";
        return response.WriteAsync(text);
    }
}
