using Weir.Engine.Series;

namespace Weir.Engine.Access;

/// <summary>The series of a catalog that a scope may read. The others do not exist here.</summary>
public sealed class ReadableSeries
{
    private readonly SeriesCatalog _catalog;
    private readonly AccessScope _scope;

    internal ReadableSeries(SeriesCatalog catalog, AccessScope scope) => (_catalog, _scope) = (catalog, scope);

    /// <summary>Rises whenever a series joins, whether it may be read or not.</summary>
    public int Version => _catalog.Version;

    /// <summary>Oldest first.</summary>
    public IEnumerable<TimeSeries> All => Joined(0, Version);

    /// <summary>Those that joined between two versions, oldest first.</summary>
    public IEnumerable<TimeSeries> Joined(int after, int until)
    {
        for (var id = after; id < until; id++)
        {
            var series = _catalog[id];
            if (_scope.CanRead(series.Key.Name)) yield return series;
        }
    }
}
