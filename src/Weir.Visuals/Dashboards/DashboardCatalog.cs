using System.Collections.Concurrent;

namespace Weir.Visuals.Dashboards;

/// <summary>The dashboards of a server by id.</summary>
public sealed class DashboardCatalog
{
    private readonly ConcurrentDictionary<string, DashboardDocument> _byId = new();

    /// <summary>By id.</summary>
    public IEnumerable<DashboardDocument> All => _byId.Values.OrderBy(document => document.Id, StringComparer.Ordinal);

    /// <summary>Raised when a dashboard was added or changed, on the thread that did it. Handlers only take note.</summary>
    public event Action<DashboardDocument>? Changed;

    public DashboardDocument? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Adds a dashboard and returns it.</summary>
    /// <exception cref="InvalidOperationException">Another dashboard has its id.</exception>
    public DashboardDocument Add(DashboardDocument document)
    {
        if (!_byId.TryAdd(document.Id, document)) throw new InvalidOperationException($"There is a dashboard '{document.Id}' already. Give each dashboard an id of its own.");
        document.Changed += () => Changed?.Invoke(document);
        Changed?.Invoke(document);
        return document;
    }
}
