using Weir.Engine;
using Weir.Engine.Access;

namespace Weir.Visuals.Dashboards;

/// <summary>The dashboards of a catalog that a scope may open. The others do not exist here.</summary>
public sealed class ReadableDashboards
{
    private readonly DashboardCatalog _catalog;
    private readonly AccessScope _scope;

    internal ReadableDashboards(DashboardCatalog catalog, AccessScope scope) => (_catalog, _scope) = (catalog, scope);

    public DashboardDocument? Find(string id) => _scope.CanOpen(id) ? _catalog.Find(id) : null;

    /// <summary>A sentence for who asked for one that is not here: which there are, and which was meant perhaps.</summary>
    public string Missing(string id)
    {
        var known = _catalog.All.Select(dashboard => dashboard.Id).Where(_scope.CanOpen).ToArray();
        return $"There is no dashboard '{id}'. There are: {string.Join(", ", known)}{Spelling.Suggest(id, known)}";
    }
}
