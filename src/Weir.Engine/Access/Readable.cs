using Weir.Engine.Series;
using Weir.Engine.Tables;

namespace Weir.Engine.Access;

/// <summary>What there is in a catalog for a scope.</summary>
public static class Readable
{
    public static ReadableSeries ReadableBy(this SeriesCatalog catalog, AccessScope scope)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(scope);
        return new(catalog, scope);
    }

    public static ReadableTables ReadableBy(this TableCatalog catalog, AccessScope scope)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(scope);
        return new(catalog, scope);
    }
}
