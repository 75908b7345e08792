using Weir.Engine.Tables;

namespace Weir.Engine.Access;

/// <summary>The tables of a catalog that a scope may read. The others do not exist here.</summary>
public sealed class ReadableTables
{
    private readonly TableCatalog _catalog;
    private readonly AccessScope _scope;

    internal ReadableTables(TableCatalog catalog, AccessScope scope) => (_catalog, _scope) = (catalog, scope);

    public RowTable? Find(string name) => _scope.CanRead(name) ? _catalog.Find(name) : null;
}
