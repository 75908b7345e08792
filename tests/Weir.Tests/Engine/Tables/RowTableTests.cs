using Weir.Engine.Tables;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Tables;

public sealed class RowTableTests
{
    [Fact]
    public void Rows_are_appended_and_the_oldest_go_when_there_are_too_many()
    {
        var table = new RowTable("t", [new("n", ColumnType.Number)], rowsMax: 3);
        for (var i = 0.0; i < 5; i++) table.Send(i);
        Assert.Equal("2 | 3 | 4", Rows(table));
        Assert.Equal((3, 2, 5), (table.Count, table.Dropped, table.Version));
    }

    [Fact]
    public void Row_with_a_known_key_replaces_where_it_stands()
    {
        var table = Keyed();
        table.Send("a", 1.0);
        table.Send("b", 2.0);
        table.Send("a", 3.0);
        Assert.Equal("a 3 | b 2", Rows(table));
        Assert.True(table.Remove("a"));
        Assert.False(table.Remove("a"));
        table.Send("a", 4.0);
        Assert.Equal("b 2 | a 4", Rows(table));
        Assert.Equal("id", table.KeyColumn);
    }

    [Fact]
    public void Key_of_a_row_that_went_may_come_again()
    {
        var table = Keyed(rowsMax: 2);
        foreach (var key in new[] { "a", "b", "c", "a" }) table.Send(key, 1.0);
        Assert.Equal("c 1 | a 1", Rows(table));
    }

    [Fact]
    public void Replace_keeps_the_places_of_rows_that_stay()
    {
        var table = Keyed();
        foreach (var key in new[] { "a", "b", "c" }) table.Send(key, 1.0);
        table.Replace([["d", 4.0], ["c", 3.0], ["a", 2.0]]);
        Assert.Equal("a 2 | c 3 | d 4", Rows(table));
        var plain = new RowTable("t", [new("n")]);
        plain.Send("x");
        plain.Replace([["y"], ["z"]]);
        Assert.Equal("y | z", Rows(plain));
    }

    [Fact]
    public void Rows_belong_to_the_table_once_they_are_sent()
    {
        var table = new RowTable("t", [new("n", ColumnType.Number)]);
        var row = new object?[1];
        for (var i = 0.0; i < 3; i++)
        {
            row[0] = i;
            table.Send(row);
        }
        table.Replace([row, row]);
        row[0] = 99.0;
        Assert.Equal("2 | 2", Rows(table));
    }

    [Fact]
    public void Sort_is_stable_both_ways_and_puts_nothing_first_and_numbers_before_text()
    {
        var table = new RowTable("t", [new("n"), new("cell")]);
        object?[] cells = ["b", 2.0, null, "B", 1.0, 2.0, null, "a", double.NaN];
        for (var i = 0; i < cells.Length; i++) table.Send("r" + i, cells[i]);
        Assert.Equal("r2 r6 r8 r4 r1 r5 r7 r0 r3", Names(table.Window(0, 100, sort: 1)));
        Assert.Equal("r0 r3 r7 r1 r5 r4 r8 r2 r6", Names(table.Window(0, 100, sort: 1, descending: true)));
    }

    [Theory]
    [InlineData(0, 2, "0 1", 0)]
    [InlineData(3, 2, "3 4", 3)]
    [InlineData(4, 100, "4", 4)]
    [InlineData(4, int.MaxValue, "4", 4)]
    [InlineData(5, 2, "", 5)]
    [InlineData(int.MaxValue, int.MaxValue, "", 5)]
    [InlineData(-1, 2, "3 4", 3)]
    [InlineData(-1, 100, "0 1 2 3 4", 0)]
    [InlineData(2, 0, "", 2)]
    public void Window_gives_the_part_asked_for(int offset, int count, string rows, int from)
    {
        var table = new RowTable("t", [new("n", ColumnType.Number)]);
        for (var i = 0.0; i < 5; i++) table.Send(i);
        var window = table.Window(offset, count);
        Assert.Equal(rows, Names(window));
        Assert.Equal((from, 5, 5), (window.Offset, window.Total, window.Version));
    }

    [Fact]
    public void Window_refuses_a_negative_count_and_an_unknown_column_by_name()
    {
        var table = Keyed();
        table.Send("a", 1.0);
        table.Send("b", 1.0);
        Assert.Equal("count", Assert.ThrowsAny<ArgumentException>(() => table.Window(0, -1)).ParamName);
        Assert.Equal("sort", Assert.ThrowsAny<ArgumentException>(() => table.Window(0, 1, sort: 2)).ParamName);
        Assert.Equal("sort", Assert.ThrowsAny<ArgumentException>(() => table.Window(0, 1, sort: -1)).ParamName);
    }

    [Fact]
    public void Misuse_is_an_error_that_says_what_is_allowed()
    {
        var table = Keyed();
        AssertSays("A row of table 't' has 2 cells; 1 were given.", () => table.Send("a"));
        AssertSays("Column 'n' of table 't' was given a Int32; a cell is a double, a string or null.", () => table.Send("a", 1));
        AssertSays("The key column 'id' of table 't' needs a value in every row.", () => table.Send(null, 1.0));
        AssertSays("Table 't' has no column 'idd'. It has id, n; did you mean 'id'?", () => table.RequireColumn("idd"));
        AssertSays("Table 't' has 0 columns; 1 to 64 are allowed.", () => new RowTable("t", []));
        AssertSays("Table 't' has 65 columns", () => new RowTable("t", Enumerable.Range(0, 65).Select(i => new TableColumn("c" + i)).ToArray()));
        AssertSays("Table 't' has a column twice: a, a.", () => new RowTable("t", [new("a"), new("a")]));
        AssertSays("Table 't' has no column 'x'. It has a", () => new RowTable("t", [new("a")], keyColumn: "x"));
        AssertSays("rowsMax", () => new RowTable("t", [new("a")], rowsMax: 0));
        Assert.ThrowsAny<ArgumentException>(() => table.Send(null!));
        Assert.Equal((0, 0), (table.Count, table.Version));
    }

    [Fact]
    public void Replace_with_one_bad_row_changes_nothing()
    {
        var table = Keyed();
        table.Send("a", 1.0);
        Assert.Throws<ArgumentException>(() => table.Replace([["b", 2.0], ["c"]]));
        Assert.Equal("a 1", Rows(table));
    }

    [Fact]
    public void Long_text_is_cut_and_says_so()
    {
        var table = new RowTable("t", [new("text")]);
        table.Send(new string('x', RowTable.CellLengthMax));
        table.Send(new string('x', RowTable.CellLengthMax + 1));
        var rows = table.Window(0, 2).Rows;
        Assert.Equal(new string('x', RowTable.CellLengthMax), rows[0][0]);
        Assert.Equal(new string('x', RowTable.CellLengthMax - 1) + "…", rows[1][0]);
    }

    [Fact]
    public void Keyed_table_equals_a_plain_list_of_rows() => Property.Holds(50, random =>
    {
        var rowsMax = random.Next(1, 8);
        var table = Keyed(rowsMax);
        var plain = new List<(string Key, double Value)>();
        for (var step = 0; step < 100; step++)
        {
            var key = "k" + random.Next(10);
            switch (random.Next(5))
            {
                case 0:
                    Assert.Equal(plain.RemoveAll(row => row.Key == key) > 0, table.Remove(key));
                    break;
                case 1:
                    var rows = Enumerable.Range(0, random.Next(rowsMax)).Select(_ => ("k" + random.Next(10), random.NextDouble())).ToArray();
                    table.Replace(rows.Select(row => new object?[] { row.Item1, row.Item2 }).ToArray());
                    plain.RemoveAll(row => rows.All(r => r.Item1 != row.Key));
                    foreach (var row in rows) Put(row);
                    break;
                default:
                    var value = random.NextDouble();
                    table.Send(key, value);
                    Put((key, value));
                    break;
            }
            Assert.Equal(plain, table.Window(0, 100).Rows.Select(row => ((string)row[0]!, (double)row[1]!)));
        }

        void Put((string Key, double Value) row)
        {
            var at = plain.FindIndex(r => r.Key == row.Key);
            if (at >= 0) plain[at] = row;
            else plain.Add(row);
            if (plain.Count > rowsMax) plain.RemoveAt(0);
        }
    });

    private static RowTable Keyed(int rowsMax = 100) => new("t", [new("id"), new("n", ColumnType.Number)], keyColumn: "id", rowsMax: rowsMax);

    private static string Rows(RowTable table) => string.Join(" | ", table.Window(0, 1000).Rows.Select(row => string.Join(' ', row)));

    private static string Names(TableWindow window) => string.Join(' ', window.Rows.Select(row => row[0]));

    private static void AssertSays(string message, Func<RowTable> misuse) => AssertSays(message, () => { misuse(); });

    private static void AssertSays(string message, Action misuse) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(misuse).Message, StringComparison.Ordinal);
}
