using Weir.Tests.Data;

namespace Weir.Tests.Api;

public sealed class ImportTests : DashboardTest
{
    [Fact]
    public void History_joins_what_a_metric_shows()
    {
        var metric = Board.Metric("load");
        metric.Send(9);
        var now = Time.GetUtcNow();
        var result = Board.Import("load", Enumerable.Range(1, 50).Select(i => (now.AddDays(-i), (double)i)));
        Board.Engine.RunRound();
        Assert.Equal((50, 0), (result.Imported, result.RefusedAhead));
        Assert.Equal(Enumerable.Range(1, 50).Reverse().Select(i => (double)i).Append(9), Points.In(metric.Series.Snapshot).Values);
        Assert.Equal(1, Board.Import(metric.Series, [(now.AddDays(-3), 0)]).Replaced);
        Assert.Throws<ArgumentOutOfRangeException>(() => Board.Import("load", [(default, 1)]));
    }
}
