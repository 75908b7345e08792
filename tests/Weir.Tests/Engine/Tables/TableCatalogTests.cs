using Weir.Engine;
using Weir.Engine.Tables;
using Weir.Engine.Time;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Tables;

public sealed class TableCatalogTests
{
    [Fact]
    public void Change_of_any_table_is_told_once()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var changes = 0;
        engine.Tables.Changed += () => changes++;
        var text = engine.Tables.ResolveText("note");
        Assert.Same(text, engine.Tables.ResolveText("note"));
        text.Send("a");
        text.Send("b");
        engine.Tables.ResolveLog("log").Send("c");
        Assert.Equal(3, changes);
        Assert.Equal("b", Assert.Single(text.Window(0, 10).Rows)[0]);
        Assert.Equal(["log", "note"], engine.Tables.All.Select(t => t.Name).Order());
    }

    [Fact]
    public void Log_line_has_time_level_source_and_message()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var log = engine.Tables.ResolveLog("log");
        log.Send("started");
        log.Send("failed", LogSeverity.Error, "db", 1_500_000);
        Assert.Equal(
            [[UnixTime.ToMilliseconds(ManualClock.Noon), "information", "", "started"], [1.5, "error", "db", "failed"]],
            log.Table.Window(0, 10).Rows);
    }

    [Fact]
    public void Tables_are_limited_in_number()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        for (var i = 0; i < TableCatalog.TablesMax; i++) engine.Tables.ResolveText("t" + i);
        engine.Tables.ResolveText("t0");
        var error = Assert.Throws<InvalidOperationException>(() => engine.Tables.ResolveText("one more"));
        Assert.Equal("There are 1000 tables already; 'one more' would be one too many.", error.Message);
    }
}
