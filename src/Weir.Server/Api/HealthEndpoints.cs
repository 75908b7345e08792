using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Engine;
using Weir.Server.Access;
using Weir.Server.Gateway;
using Weir.Server.Hosting;
using Weir.Server.Metrics;

namespace Weir.Server.Api;

/// <summary>How Weir itself is: <c>/healthz</c>, <c>/livez</c>, <c>/readyz</c> and <c>/metrics</c> (classic Prometheus text, or OpenMetrics for those who accept it).</summary>
internal sealed class HealthEndpoints(TimeSeriesEngine engine, ViewerGateway gateway, ServerAccess access)
{
    private readonly MetricOrigin _origin = new(engine, gateway);

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", context => context.Response.Answer(StatusCodes.Status200OK, "ok\n"));
        endpoints.MapGet("/livez", context => context.Response.Answer(StatusCodes.Status200OK, "ok\n"));
        endpoints.MapGet("/readyz", context => gateway.IsRunning
            ? context.Response.Answer(StatusCodes.Status200OK, "ok\n")
            : context.Response.Answer(StatusCodes.Status503ServiceUnavailable, "stopping\n"));
        endpoints.MapGet("/metrics", HandleMetrics);
    }

    private Task HandleMetrics(HttpContext context)
    {
        var isOpenMetrics = MetricsText.WantsOpenMetrics(context.Request);
        context.Response.ContentType = isOpenMetrics ? MetricsText.OpenMetricsType : MetricsText.ClassicType;
        context.Response.Headers.Vary = "Accept";
        return context.Response.WriteAsync(new MetricsText(_origin, isOpenMetrics).Write(access.ScopeOf(context)));
    }
}
