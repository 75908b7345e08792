using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Engine;
using Weir.Server.Hosting;
using Weir.Visuals.Dashboards;

namespace Weir.Server.Api;

/// <summary><c>GET /api/v1/dashboards/{id}</c>: the document that viewers get in hello.</summary>
internal sealed class DashboardEndpoints(DashboardCatalog dashboards)
{
    public void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/api/v1/dashboards/{id}", Handle);

    private Task Handle(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (dashboards.Find(id) is not { } found)
        {
            var known = dashboards.All.Select(dashboard => dashboard.Id).ToArray();
            return context.Response.Answer(
                StatusCodes.Status404NotFound, $"There is no dashboard '{id}'. There are: {string.Join(", ", known)}{Spelling.Suggest(id, known)}");
        }
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(found.ToJson()).AsTask();
    }
}
