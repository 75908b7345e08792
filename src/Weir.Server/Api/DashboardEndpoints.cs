using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Engine;
using Weir.Server.Access;
using Weir.Server.Hosting;
using Weir.Visuals.Dashboards;
using Weir.Visuals.Widgets;

namespace Weir.Server.Api;

/// <summary>
/// <c>GET /api/v1/dashboards/{id}</c>: the document that viewers get in hello. <c>/schema/dashboard.json</c>: its JSON schema, the kinds of other
/// assemblies included. <c>/kinds/{name}.js</c>: what draws a kind of another assembly.
/// </summary>
internal sealed class DashboardEndpoints(ServerAccess access)
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/dashboards/{id}", Handle);
        endpoints.MapGet("/schema/dashboard.json", Schema);
        endpoints.MapGet("/kinds/{name}.js", Script);
    }

    private static Task Schema(HttpContext context)
    {
        context.Response.ContentType = "application/schema+json";
        return context.Response.WriteAsync(DashboardSchema.Create().ToJsonString());
    }

    private static Task Script(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        if (WidgetKinds.Find(name) is not { Script: { } script })
        {
            var known = WidgetKinds.All.Where(kind => kind.Script is not null).Select(kind => kind.Name).ToArray();
            return context.Response.Answer(StatusCodes.Status404NotFound, $"No kind '{name}' has a script. There are: {string.Join(", ", known)}{Spelling.Suggest(name, known)}");
        }
        context.Response.ContentType = "text/javascript; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-cache";
        return context.Response.WriteAsync(script);
    }

    private Task Handle(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        var readable = access.Dashboards(context);
        if (readable.Find(id) is not { } found) return context.Response.Answer(StatusCodes.Status404NotFound, readable.Missing(id));
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(found.ToJson()).AsTask();
    }
}
