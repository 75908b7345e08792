using System.Collections.Concurrent;
using Weir.Engine.Access;

namespace Weir.Visuals.Dashboards;

/// <summary>The dashboards of a server by id.</summary>
public sealed class DashboardCatalog
{
    private readonly ConcurrentDictionary<string, DashboardDocument> _byId = new();
    private readonly ConcurrentDictionary<string, Lazy<DashboardDocument>> _onDemand = new();

    /// <summary>By id.</summary>
    public IEnumerable<DashboardDocument> All => _byId.Values.OrderBy(document => document.Id, StringComparer.Ordinal);

    /// <summary>The dashboards as a scope sees them.</summary>
    public ReadableDashboards ReadableBy(AccessScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return new(this, scope);
    }

    /// <summary>Raised when a dashboard was added or changed, on the thread that did it. Handlers only take note.</summary>
    public event Action<DashboardDocument>? Changed;

    public DashboardDocument? Find(string id)
    {
        if (_byId.TryGetValue(id, out var known)) return known;
        return _onDemand.TryGetValue(id, out var made) ? made.Value : null;
    }

    /// <summary>Names a dashboard that is made when somebody first asks for it; until then it costs nothing and is not among <see cref="All"/>.</summary>
    /// <param name="id">Its id, which no other dashboard may have.</param>
    /// <param name="create">Makes it; called once.</param>
    /// <exception cref="InvalidOperationException">Another dashboard has this id.</exception>
    public void AddOnDemand(string id, Func<DashboardDocument> create)
    {
        var made = new Lazy<DashboardDocument>(() =>
        {
            var document = create();
            _byId[id] = document;
            document.Changed += () => Changed?.Invoke(document);
            return document;
        });
        if (_byId.ContainsKey(id) || !_onDemand.TryAdd(id, made)) throw Taken(id);
    }

    /// <summary>Adds a dashboard and returns it.</summary>
    /// <exception cref="InvalidOperationException">Another dashboard has its id.</exception>
    public DashboardDocument Add(DashboardDocument document)
    {
        if (_onDemand.ContainsKey(document.Id) || !_byId.TryAdd(document.Id, document)) throw Taken(document.Id);
        document.Changed += () => Changed?.Invoke(document);
        Changed?.Invoke(document);
        return document;
    }

    private static InvalidOperationException Taken(string id) => new($"There is a dashboard '{id}' already. Give each dashboard an id of its own.");
}
