using Weir.Engine.Series;

namespace Weir.Engine.Access;

/// <summary>The series of a catalog that a scope may read. The others do not exist here.</summary>
public sealed class ReadableSeries
{
    private readonly SeriesCatalog _catalog;
    private readonly AccessScope _scope;

    internal ReadableSeries(SeriesCatalog catalog, AccessScope scope) => (_catalog, _scope) = (catalog, scope);

    /// <summary>Rises whenever a series joins or leaves, whether it may be read or not.</summary>
    public long Version => _catalog.Version;

    /// <summary>One past the number of the series that joined last.</summary>
    public int End => _catalog.End;

    /// <summary>Oldest first.</summary>
    public IEnumerable<TimeSeries> All => Joined(0, End);

    /// <summary>Those with numbers from one to another, exclusive; oldest first.</summary>
    public IEnumerable<TimeSeries> Joined(int from, int to)
    {
        foreach (var series in _catalog.Joined(from, to))
        {
            if (_scope.CanRead(series.Key.Name)) yield return series;
        }
    }
}
