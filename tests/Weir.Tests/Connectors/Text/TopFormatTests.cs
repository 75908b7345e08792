using Weir.Connectors.Text;
using Weir.Engine;
using Weir.Tests.Data;

namespace Weir.Tests.Connectors.Text;

public sealed class TopFormatTests : IDisposable
{
    private const string Columns = "    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND";

    private readonly TimeSeriesEngine _engine = new(time: ManualClock.AtNoon());
    private readonly TextSource _source;

    public TopFormatTests() => _source = new TextSource(_engine);

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Of_a_screen_so_many_processes_are_read_and_the_rest_is_no_text()
    {
        Screen(1, TopFormat.RowsMax + 5);
        Assert.Equal(TopFormat.RowsMax, _source.Series.Count(series => series.Series.Key.Name == "process.cpu"));
        Assert.Equal(0, _source.NotUnderstoodCount);
    }

    [Fact]
    public void So_many_different_processes_are_read()
    {
        for (var pid = 1; pid <= TopFormat.ProcessesMax * 2; pid += 5) Screen(pid, 5);
        Assert.Equal(TopFormat.ProcessesMax, _source.Series.Count(series => series.Series.Key.Name == "process.cpu"));
        Assert.Empty(_engine.LinesOf("lines"));
    }

    private void Screen(int pid, int count)
    {
        _source.Take("top - 12:00:00 up 1 day,  1:00,  1 user,  load average: 0.10, 0.20, 0.30");
        _source.Take("");
        _source.Take(Columns);
        for (var i = 0; i < count; i++) _source.Take($"{pid + i,7} root      20   0  167232  12312   8032 S   1.0   0.1   0:04.22 worker");
    }
}
