using System.Diagnostics.CodeAnalysis;

namespace Weir.Engine.Tables;

/// <summary>
/// Rows that change while they are looked at: appended, upserted by a key column, or replaced as a whole. At most
/// <see cref="RowsMax"/> are kept; the oldest go first. A cell is a <see cref="double"/>, a <see cref="string"/> or null.
/// </summary>
public sealed class RowTable : ITabular
{
    public const int RowsMaxDefault = 10_000;
    public const int ColumnsMax = 64;
    public const int CellLengthMax = 4096;

    private readonly Lock _gate = new();
    private readonly LinkedList<object?[]> _rows = new();
    private readonly Dictionary<object, LinkedListNode<object?[]>>? _byKey;
    private readonly int _key;
    private readonly int _cellLengthMax;
    private long _version;
    private long _dropped;

    /// <exception cref="ArgumentException">No columns, too many, one twice, or a key that is none of them.</exception>
    public RowTable(string name, IReadOnlyList<TableColumn> columns, string? keyColumn = null, int rowsMax = RowsMaxDefault, int cellLengthMax = CellLengthMax)
    {
        if (columns.Count is 0 or > ColumnsMax) throw new ArgumentException($"Table '{name}' has {columns.Count} columns; 1 to {ColumnsMax} are allowed.", nameof(columns));
        ArgumentOutOfRangeException.ThrowIfLessThan(rowsMax, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(cellLengthMax, 1);
        (Name, Columns, RowsMax, _cellLengthMax) = (name, columns, rowsMax, cellLengthMax);
        if (columns.Select(column => column.Name).Distinct().Count() != columns.Count)
        {
            throw new ArgumentException($"Table '{name}' has a column twice: {string.Join(", ", columns.Select(column => column.Name))}.", nameof(columns));
        }
        if (keyColumn is null) return;
        _key = RequireColumn(keyColumn);
        _byKey = [];
    }

    public string Name { get; }

    public IReadOnlyList<TableColumn> Columns { get; }

    public int RowsMax { get; }

    /// <summary>Name of the key column, or null when rows are only appended.</summary>
    public string? KeyColumn => _byKey is null ? null : Columns[_key].Name;

    /// <summary>Rises with every change.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Rows that went because there were more than <see cref="RowsMax"/>.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public int Count
    {
        get
        {
            lock (_gate) return _rows.Count;
        }
    }

    /// <summary>Raised after a change, on the thread that made it. Handlers only take note.</summary>
    public event Action? Changed;

    /// <summary>Index of a column.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public int RequireColumn(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == name) return i;
        }
        var names = Columns.Select(column => column.Name).ToArray();
        throw new ArgumentException($"Table '{Name}' has no column '{name}'. It has {string.Join(", ", names)}{Spelling.Suggest(name, names)}", nameof(name));
    }

    /// <summary>Adds a row; with a key column, replaces the row that has the same key where it stands.</summary>
    /// <exception cref="ArgumentException">Not one cell for each column, a cell of another type, or a key of null.</exception>
    public void Send(params object?[] row)
    {
        var kept = Checked(row);
        lock (_gate) Put(kept);
        NotifyChanged();
    }

    /// <summary>Makes these the rows of the table. With a key column, rows that stay keep their place.</summary>
    public void Replace(IReadOnlyCollection<object?[]> rows)
    {
        var kept = rows.Select(Checked).ToArray();
        lock (_gate)
        {
            if (_byKey is null)
            {
                _rows.Clear();
            }
            else
            {
                var staying = kept.Select(row => row[_key]!).ToHashSet();
                foreach (var gone in _byKey.Where(entry => !staying.Contains(entry.Key)).ToArray())
                {
                    _byKey.Remove(gone.Key);
                    _rows.Remove(gone.Value);
                }
            }
            foreach (var row in kept) Put(row);
        }
        NotifyChanged();
    }

    /// <summary>Takes the row with this key away. False when there is none.</summary>
    public bool Remove(object key)
    {
        lock (_gate)
        {
            if (_byKey is null || !_byKey.Remove(key, out var node)) return false;
            _rows.Remove(node);
        }
        NotifyChanged();
        return true;
    }

    /// <summary>
    /// Up to <paramref name="count"/> rows from <paramref name="offset"/> on, in the order asked for; an offset below zero means the end. Rows equal
    /// in the sort column keep the order in which they came.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative or there is no column <paramref name="sort"/>.</exception>
    public TableWindow Window(int offset, int count, int? sort = null, bool descending = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (sort is { } index && (index < 0 || index >= Columns.Count))
        {
            throw new ArgumentOutOfRangeException(nameof(sort), sort, $"Table '{Name}' has columns 0 to {Columns.Count - 1}.");
        }
        object?[][] rows;
        long version, first;
        lock (_gate)
        {
            rows = _rows.ToArray();
            (version, first) = (_version, _dropped);
        }
        if (sort is { } column)
        {
            var compare = Comparer<object?>.Create(CompareCells);
            rows = (descending ? rows.OrderByDescending(row => row[column], compare) : rows.OrderBy(row => row[column], compare)).ToArray();
        }
        var from = offset < 0 ? Math.Max(0, rows.Length - count) : Math.Min(offset, rows.Length);
        return new TableWindow(version, from, rows.Length, rows[from..(int)Math.Min(rows.Length, from + (long)count)]) { First = first };
    }

    private void Put(object?[] row)
    {
        if (_byKey is not null && _byKey.TryGetValue(row[_key]!, out var known))
        {
            known.Value = row;
            return;
        }
        var node = _rows.AddLast(row);
        _byKey?.Add(row[_key]!, node);
        if (_rows.Count <= RowsMax) return;
        var oldest = _rows.First!;
        _byKey?.Remove(oldest.Value[_key]!);
        _rows.RemoveFirst();
        _dropped++;
    }

    private void NotifyChanged()
    {
        Interlocked.Increment(ref _version);
        Changed?.Invoke();
    }

    /// <summary>A copy that is the table's own, so that callers may use their array again.</summary>
    private object?[] Checked(object?[] row)
    {
        ArgumentNullException.ThrowIfNull(row);
        row = row.ToArray();
        if (row.Length != Columns.Count) throw new ArgumentException($"A row of table '{Name}' has {Columns.Count} cells; {row.Length} were given.", nameof(row));
        for (var i = 0; i < row.Length; i++)
        {
            switch (row[i])
            {
                case null when _byKey is not null && i == _key:
                    throw new ArgumentException($"The key column '{Columns[i].Name}' of table '{Name}' needs a value in every row.", nameof(row));
                case null or double:
                    break;
                case string text when text.Length > _cellLengthMax:
                    row[i] = string.Concat(text.AsSpan(0, _cellLengthMax - 1), "…");
                    break;
                case string:
                    break;
                default:
                    ThrowType(row[i]!, i);
                    break;
            }
        }
        return row;
    }

    [DoesNotReturn]
    private void ThrowType(object cell, int column) => throw new ArgumentException(
        $"Column '{Columns[column].Name}' of table '{Name}' was given a {cell.GetType().Name}; a cell is a double, a string or null.", nameof(cell));

    /// <summary>Numbers before text, nothing last.</summary>
    private static int CompareCells(object? a, object? b) => (a, b) switch
    {
        (double x, double y) => x.CompareTo(y),
        (string x, string y) => string.Compare(x, y, StringComparison.OrdinalIgnoreCase),
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (double, _) => -1,
        _ => 1,
    };
}

/// <summary>Part of a table as it stood at one version.</summary>
public sealed record TableWindow(long Version, int Offset, int Total, object?[][] Rows)
{
    /// <summary>How many rows had gone before row 0: a row's place in all that ever came is this and its offset.</summary>
    public long First { get; init; }
}
