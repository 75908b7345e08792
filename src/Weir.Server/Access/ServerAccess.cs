using Microsoft.AspNetCore.Http;
using Weir.Engine;
using Weir.Engine.Access;
using Weir.Engine.Ingest;
using Weir.Engine.Queries;
using Weir.Server.Hosting;
using Weir.Visuals.Dashboards;

namespace Weir.Server.Access;

/// <summary>What a request may see and send. Endpoints get at data through it and not otherwise.</summary>
internal sealed class ServerAccess(TimeSeriesEngine engine, DashboardCatalog dashboards, ServerOptions options)
{
    private readonly QueryEngine _queriesOfAll = new(engine.Catalog);

    /// <summary>The scope of who asks; everything where the application sets none.</summary>
    public AccessScope ScopeOf(HttpContext context) => options.Access is null ? AccessScope.Everything : options.Access(context.User) ?? AccessScope.Nothing;

    public QueryEngine Queries(HttpContext context)
    {
        var scope = ScopeOf(context);
        return scope.ReadsAllData ? _queriesOfAll : new QueryEngine(engine.Catalog.ReadableBy(scope));
    }

    public ReadableDashboards Dashboards(HttpContext context) => dashboards.ReadableBy(ScopeOf(context));

    public IPointSink Sink(HttpContext context)
    {
        var scope = ScopeOf(context);
        return scope.SendsAll ? engine : new PermittedSink(engine, scope);
    }
}
