namespace Weir.Engine.Tables;

/// <summary>Rows with columns that views read window by window, from any thread.</summary>
public interface ITabular
{
    string Name { get; }

    IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Rows now.</summary>
    int Count { get; }

    /// <summary>Rises with every change.</summary>
    long Version { get; }

    /// <summary>Up to <paramref name="count"/> rows from <paramref name="offset"/> on, below zero from the end, ordered by the column <paramref name="sort"/>.</summary>
    TableWindow Window(int offset, int count, int? sort = null, bool descending = false);
}
