using Weir.Engine.Tables;

namespace Weir.Tests.Api;

public class TableTests : DashboardTest
{
    private sealed record Order(int Id, string Customer, decimal Amount, DateTimeOffset At, bool Paid, TimeSpan Age);

    [Fact]
    public void Columns_come_from_the_first_row()
    {
        var table = Board.Table("orders");
        table.Send(new Order(7, "Ada", 12.5m, DateTimeOffset.UnixEpoch.AddSeconds(1), true, TimeSpan.FromMinutes(2)));
        Assert.Equal(
            ["Id Number", "Customer Text", "Amount Number", "At DateTime", "Paid Text", "Age Number"],
            table.Columns.Select(column => $"{column.Name} {column.Type}"));
        Assert.Equal([7.0, "Ada", 12.5, 1000.0, "true", 120.0], Assert.Single(Rows("orders")));
    }

    [Fact]
    public void Rows_may_be_anonymous_objects_or_dictionaries_and_leave_columns_out()
    {
        var table = Board.Table("t");
        table.Send(new { Name = "a", Value = 1 });
        table.Send(new Dictionary<string, object?> { ["Value"] = 2.5 });
        table.Send(new Dictionary<string, int> { ["Value"] = 3 });
        Assert.Equal([["a", 1.0], [null, 2.5], [null, 3.0]], Rows("t"));
    }

    [Fact]
    public void A_known_key_replaces_its_row_where_it_stands()
    {
        var table = Board.Table("p", new() { Key = "Pid" });
        table.Send(new { Pid = 1, Cpu = 10 });
        table.Send(new { Pid = 2, Cpu = 20 });
        table.Send(new { Pid = 1, Cpu = 11 });
        Assert.Equal([[1.0, 11.0], [2.0, 20.0]], Rows("p"));
        Assert.True(table.Remove(1));
        Assert.False(table.Remove(1));
        Assert.Equal([[2.0, 20.0]], Rows("p"));
    }

    [Fact]
    public void Numbers_that_no_double_holds_keep_their_digits_and_their_keys_apart()
    {
        var table = Board.Table("ids", new() { Key = "Id" });
        var first = ulong.MaxValue - 1;
        table.Send(new { Id = first, Price = 0.1m });
        table.Send(new { Id = first + 1, Price = 12345678901234567890.123m });
        table.Send(new { Id = first, Price = 3m });
        table.Send(new { Id = 7ul, Price = 1m });
        Assert.Equal([["18446744073709551614", 3.0], ["18446744073709551615", "12345678901234567890.123"], [7.0, 1.0]], Rows("ids"));
        Assert.True(table.Remove(first + 1));
        Assert.False(table.Remove(first + 1));

        var whole = Board.Table("whole", new() { Key = "K" });
        whole.Send(new { K = -(1L << 53) - 1 });
        whole.Send(new { K = -(1L << 53) });
        whole.Send(new { K = System.Numerics.BigInteger.Pow(10, 30) });
        Assert.Equal([["-9007199254740993"], [-9007199254740992.0], ["1000000000000000000000000000000"]], Rows("whole"));
    }

    [Fact]
    public void Instants_are_instants_and_dates_without_a_zone_are_shown_as_they_are()
    {
        Board.Table("t").Send(new
        {
            At = new DateTimeOffset(1970, 1, 1, 2, 0, 0, TimeSpan.FromHours(1)), Utc = DateTime.UnixEpoch, Written = new DateTime(2025, 2, 3, 4, 5, 6),
            Day = new DateOnly(2025, 2, 3), Hour = new TimeOnly(4, 5, 6), Id = Guid.Empty, Style = DayOfWeek.Friday,
        });
        Assert.Equal(
            [3_600_000.0, 0.0, "2025-02-03 04:05:06", 1_738_540_800_000.0, "04:05:06", "00000000-0000-0000-0000-000000000000", "Friday"], Assert.Single(Rows("t")));
    }

    [Fact]
    public void A_column_of_dates_takes_days_in_any_form_and_is_typed_all_the_way()
    {
        var table = Board.Table("d");
        table.Send(new { Day = new DateOnly(1969, 12, 31) });
        Assert.Equal(ColumnType.Date, Assert.Single(table.Columns).Type);
        table.Send(new { Day = "2024-02-29" });
        // The day where it was written, not the one in UTC.
        table.Send(new { Day = new DateTimeOffset(2024, 3, 1, 1, 0, 0, TimeSpan.FromHours(9)) });
        table.Send(new { Day = 86_400_000 });
        table.Send(new { Day = (DateOnly?)null });
        Assert.Equal([[-86_400_000.0], [1_709_164_800_000.0], [1_709_251_200_000.0], [86_400_000.0], [null]], Rows("d"));
        Assert.Contains("'2024-02-30'", Assert.Throws<ArgumentException>(() => table.Send(new { Day = "2024-02-30" })).Message);
    }

    [Fact]
    public void A_line_of_a_log_may_bear_any_date()
    {
        var log = Board.Log("log");
        log.Send("old", Weir.Engine.Tables.LogSeverity.Error, "", DateTimeOffset.MinValue);
        log.Send("new", Weir.Engine.Tables.LogSeverity.Error, "", DateTimeOffset.MaxValue);
        Assert.Equal([-62135596800000.0, 253402300799999.9999], Rows("log").Select(row => (double)row[0]!));
    }

    [Fact]
    public void A_column_that_is_not_there_is_an_error_that_lists_the_columns()
    {
        var table = Board.Table("t", new() { Columns = [new("name"), new("cpu", ColumnType.Bar, Unit: "%", Max: 100)] });
        var error = Assert.Throws<ArgumentException>(() => table.Send(new { name = "a", cpuu = 1 }));
        Assert.StartsWith("Table 't' has no column 'cpuu'. Its columns are name, cpu; did you mean 'cpu'?", error.Message);
    }

    [Fact]
    public void A_value_that_does_not_fit_its_column_is_refused()
    {
        var table = Board.Table("t", new() { Columns = [new("cpu", ColumnType.Number)] });
        var error = Assert.Throws<ArgumentException>(() => table.Send(new { cpu = "high" }));
        Assert.StartsWith("Column 'cpu' of table 't' holds number cells and takes a number; given was the String 'high'.", error.Message);
    }

    [Fact]
    public void What_is_no_row_is_refused()
    {
        var table = Board.Table("t");
        foreach (var row in new object[] { "text", 5, new[] { 1, 2 } })
        {
            Assert.Contains("A row is an object", Assert.Throws<ArgumentException>(() => table.Send(row)).Message);
        }
    }

    [Fact]
    public void Key_and_sort_must_be_columns()
    {
        var error = Assert.Throws<ArgumentException>(() => Board.Table("t", new() { Columns = [new("a"), new("b")], Key = "c" }));
        Assert.StartsWith("Key of table 't' is 'c'; allowed is a column of the table: a, b.", error.Message);
    }

    private object?[][] Rows(string id) => Board.Engine.Tables.Find(id)!.Window(0, 100).Rows;
}
