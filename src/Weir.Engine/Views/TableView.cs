using System.Globalization;
using Weir.Engine.Tables;

namespace Weir.Engine.Views;

/// <summary>What makes two viewers look at the same rows.</summary>
/// <param name="Table">Name of the table.</param>
/// <param name="Sort">Column to order by; null for the order in which rows came.</param>
/// <param name="Descending">Whether the largest come first.</param>
/// <param name="Filter">Text that a cell of a row has to contain, in whatever case; null for all rows.</param>
/// <param name="Level">Lowest level of the rows of a log; null for all.</param>
internal sealed record TableViewKey(string Table, string? Sort, bool Descending, string? Filter, LogSeverity? Level = null);

/// <summary>
/// A table in one order, filtered, shared by all who look at it so. It is made in the background, since ordering and searching many rows takes
/// long; whoever asks gets what was made last.
/// </summary>
internal sealed class TableView(TableViewKey key, Func<string, ITabular?> find, Action<Action> background, TimeProvider time, Action<Exception> failed, Action changed)
{
    /// <summary>Rows are for reading: ten times a second is enough.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private ITabular? _table;
    private volatile TableRows? _rows;
    private volatile bool _isBuilding;
    private long _builtAt = time.GetTimestamp() - (long)(Interval.TotalSeconds * time.TimestampFrequency);
    private long _versionAsked = -1;
    private TableRows? _told;

    public TableViewKey Key => key;

    public int Viewers { get; set; }

    /// <summary>Who looks at it.</summary>
    public Lookers Lookers { get; } = new();

    /// <summary>The newest rows made; null before the first, and while there is no such table.</summary>
    public TableRows? Rows => _rows;

    /// <summary>Whether there is no table of this name yet: whoever makes it may come later than who looks at it.</summary>
    public bool IsMissing => _table is null;

    /// <summary>Has rows made where the table changed since, and tells of those that were made. Called from one thread.</summary>
    public void Refresh()
    {
        _table ??= find(key.Table);
        if (_table is { } table && !_isBuilding && table.Version != _versionAsked && time.GetElapsedTime(_builtAt) >= Interval)
        {
            (_isBuilding, _builtAt, _versionAsked) = (true, time.GetTimestamp(), table.Version);
            background(() => Build(table));
        }
        if (ReferenceEquals(_rows, _told)) return;
        _told = _rows;
        Lookers.Tell();
    }

    private void Build(ITabular table)
    {
        try
        {
            var names = table.Columns.Select(column => column.Name).ToList();
            int? sort = key.Sort is not null && names.IndexOf(key.Sort) is >= 0 and var index ? index : null;
            var window = table.Window(0, int.MaxValue, sort, key.Descending);
            var rows = key.Filter is null ? window.Rows : Array.FindAll(window.Rows, row => Array.Exists(row, Contains));
            if (key.Level is { } lowest && LevelColumn(table) is >= 0 and var level) rows = Array.FindAll(rows, row => IsAtLeast(row[level], lowest));
            _rows = new TableRows(table.Columns, window.Version, window.First, rows, sort is not null);
        }
        catch (Exception e)
        {
            failed(e);
        }
        _isBuilding = false;
        changed();
    }

    private static int LevelColumn(ITabular table)
    {
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (table.Columns[i].Type == ColumnType.Level) return i;
        }
        return -1;
    }

    /// <summary>A level that is not known is not hidden.</summary>
    private static bool IsAtLeast(object? cell, LogSeverity lowest) => !Enum.TryParse<LogSeverity>(cell as string, ignoreCase: true, out var level) || level >= lowest;

    private bool Contains(object? cell) => cell switch
    {
        string text => text.Contains(key.Filter!, StringComparison.OrdinalIgnoreCase),
        double number => number.ToString(CultureInfo.InvariantCulture).Contains(key.Filter!, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}

/// <summary>All rows of a table view as they stood at one version.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="Version">Version of the table.</param>
/// <param name="First">Rows that had gone before row 0.</param>
/// <param name="All">The rows.</param>
/// <param name="IsSorted">Whether they are ordered as the key asks; not when the table has no such column.</param>
internal sealed record TableRows(IReadOnlyList<TableColumn> Columns, long Version, long First, object?[][] All, bool IsSorted)
{
    public TableWindow Window(int offset, int count)
    {
        var from = offset < 0 ? Math.Max(0, All.Length - count) : Math.Min(offset, All.Length);
        return new TableWindow(Version, from, All.Length, All[from..(int)Math.Min(All.Length, from + (long)count)]) { First = First };
    }
}

/// <summary>The table views that someone looks at.</summary>
internal sealed class TableViewCatalog(TableCatalog tables, Action<Action> background, TimeProvider time, Action<Exception> failed, Action changed)
{
    private readonly Dictionary<TableViewKey, TableView> _views = [];

    public IEnumerable<TableView> All => _views.Values;

    public TableView Enter(TableViewKey key)
    {
        if (!_views.TryGetValue(key, out var view)) _views.Add(key, view = new TableView(key, tables.Find, background, time, failed, changed));
        view.Viewers++;
        return view;
    }

    public void Leave(TableView view)
    {
        if (--view.Viewers == 0) _views.Remove(view.Key);
    }
}
