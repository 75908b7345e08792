using System.Diagnostics.CodeAnalysis;
using Weir.Engine;
using Weir.Engine.Tables;
using Weir.Tables;

namespace Weir;

/// <summary>Rows that change while they are looked at.</summary>
public sealed class TableHandle : WidgetHandle
{
    private readonly TableOptions _options;
    private readonly Lock _creation = new();
    private RowTable? _table;

    internal TableHandle(Dashboard dashboard, string id, TableOptions options)
        : base(dashboard, id, "table")
    {
        _options = options;
        if (options.Columns is { } columns) _table = Create(columns);
    }

    /// <summary>In order; empty until the first row tells them.</summary>
    public IReadOnlyList<TableColumn> Columns => Volatile.Read(ref _table)?.Columns ?? [];

    /// <summary>
    /// Adds a row, or replaces the one with the same key. A row is an object (anonymous, record or class: its public properties) or a
    /// dictionary with text keys; a column that it leaves out stays empty. Without declared columns, those of the first row count: numbers and
    /// durations (in seconds) become numbers, dates become times, anything else becomes text. Whole numbers beyond 2^53 and decimals that no double
    /// holds keep their digits. A DateTimeOffset, and a DateTime that is UTC or local, is an instant that each viewer sees in a zone of theirs; a
    /// DateOnly is the same day for all, and a DateTime of no kind is shown as it is.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// A column that the table does not have (the message lists those there are), a value that does not fit its column, or no key.
    /// </exception>
    [RequiresUnreferencedCode("Trimming may take the properties of a row away. In a trimmed or native application send rows as dictionaries.")]
    public void Send(object row)
    {
        ArgumentNullException.ThrowIfNull(row);
        Send(RowFields.Of(row));
    }

    /// <summary>Adds a row of column names and values, or replaces the one with the same key. It works in trimmed and native applications too.</summary>
    /// <inheritdoc cref="Send(object)"/>
    public void Send(IReadOnlyDictionary<string, object?> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        Send(RowFields.Of(row));
    }

    private void Send(List<RowField> fields)
    {
        var table = Volatile.Read(ref _table) ?? Infer(fields);
        table.Send(Cells(table, fields));
        Dashboard.NoteSend();
    }

    /// <summary>Takes the row with this key away. False when there is none, or no key column.</summary>
    public bool Remove(object key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (Volatile.Read(ref _table) is not { KeyColumn: { } name } table) return false;
        return table.Remove(Cell.Of(key, table.Columns[table.RequireColumn(name)], Id)!);
    }

    private object?[] Cells(RowTable table, List<RowField> fields)
    {
        var cells = new object?[table.Columns.Count];
        foreach (var field in fields)
        {
            var at = IndexOf(table, field.Name);
            cells[at] = Cell.Of(field.Value, table.Columns[at], Id);
        }
        return cells;
    }

    private int IndexOf(RowTable table, string name)
    {
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (table.Columns[i].Name == name) return i;
        }
        var names = table.Columns.Select(column => column.Name).ToArray();
        throw new ArgumentException($"Table '{Id}' has no column '{name}'. Its columns are {string.Join(", ", names)}{Spelling.Suggest(name, names)}", nameof(name));
    }

    private RowTable Infer(List<RowField> fields)
    {
        lock (_creation)
        {
            if (_table is null)
            {
                if (fields.Count == 0) throw new ArgumentException($"The first row of table '{Id}' has no columns. Send an object with public properties or a dictionary, or set Columns.", nameof(fields));
                Volatile.Write(ref _table, Create([.. fields.Select(ColumnInference.Of)]));
            }
            return _table;
        }
    }

    private RowTable Create(IReadOnlyList<TableColumn> columns) =>
        Dashboard.Engine.Tables.Resolve(Id, () => new RowTable(Id, columns, _options.Key, _options.MaxRows));
}
