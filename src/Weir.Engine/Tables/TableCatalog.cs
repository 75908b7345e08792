using System.Collections.Concurrent;

namespace Weir.Engine.Tables;

/// <summary>The tables of an engine by name.</summary>
public sealed class TableCatalog
{
    public const int TablesMax = 1000;

    private readonly ConcurrentDictionary<string, RowTable> _tables = new();
    private readonly TimeProvider _time;

    internal TableCatalog(TimeProvider time) => _time = time;

    public IEnumerable<RowTable> All => _tables.Values;

    /// <summary>Raised when any table changed, on the thread that changed it. Handlers only take note.</summary>
    public event Action? Changed;

    public RowTable? Find(string name) => _tables.GetValueOrDefault(name);

    /// <summary>The table of this name, made when it is new.</summary>
    /// <exception cref="InvalidOperationException">More than <see cref="TablesMax"/> tables.</exception>
    public RowTable Resolve(string name, Func<RowTable> create)
    {
        if (_tables.TryGetValue(name, out var known)) return known;
        if (_tables.Count >= TablesMax) throw new InvalidOperationException($"There are {TablesMax} tables already; '{name}' would be one too many.");
        var table = _tables.GetOrAdd(name, _ => create());
        table.Changed -= NotifyChanged;
        table.Changed += NotifyChanged;
        return table;
    }

    /// <summary>A log: rows of time, level, source and message, only appended.</summary>
    public LogTable ResolveLog(string name, int rowsMax = 1000) => new(Resolve(name, () => LogTable.Create(name, rowsMax)), _time);

    /// <summary>A text: one row, one cell.</summary>
    public RowTable ResolveText(string name, int lengthMax = RowTable.CellLengthMax) =>
        Resolve(name, () => new RowTable(name, [new("text")], rowsMax: 1, cellLengthMax: lengthMax));

    private void NotifyChanged() => Changed?.Invoke();
}
