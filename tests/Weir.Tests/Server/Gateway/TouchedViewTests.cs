using Weir.Engine.Access;
using Weir.Engine.Series;

namespace Weir.Tests.Server.Gateway;

/// <summary>A tick looks at what a round touched and at nothing else.</summary>
public sealed class TouchedViewTests : IDisposable
{
    private const int Count = 1000;
    private readonly GatewayStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public void Of_a_thousand_views_the_one_is_refreshed_whose_series_changed()
    {
        var viewer = ViewerOfAll();
        var (refreshes, sent) = (Refreshes, viewer.Transport.Sent.Count);
        _stage.Send("v500", (_stage.Now, 5));
        _stage.Settle();
        Assert.Equal(1, Refreshes - refreshes);
        Assert.Equal(1, viewer.Transport.Sent.Count - sent);
        for (var i = 0; i < 100; i++) _stage.Gateway.Tick();
        Assert.Equal(1, Refreshes - refreshes);
    }

    [Fact]
    public void Viewers_of_other_views_are_not_asked()
    {
        var (watcher, other) = (_stage.Connect(isBinary: true, GatewayStage.Views("""{"query":"v1"}""")), new FakeTransport(isBinary: true));
        var idle = _stage.Gateway.Attach(other, _stage.Dashboard, AccessScope.Everything);
        _stage.Settle();
        _stage.Send("v1", (_stage.Now, 1));
        _stage.Settle();
        Assert.False(idle.HasNews);
        // Once the flag is set, and so a message is due, the same tick sends it.
        var sent = watcher.Transport.Sent.Count;
        _stage.Send("v1", (_stage.Now, 2));
        _stage.Gateway.Tick();
        Assert.Equal(1, watcher.Transport.Sent.Count - sent);
    }

    [Fact]
    public void What_happened_while_all_looked_away_is_seen_when_one_looks_again()
    {
        var viewer = _stage.Connect(isBinary: true, GatewayStage.Views("""{"widget":"cpu","range":60000,"width":600}"""));
        _stage.Send("cpu", (_stage.Now, 1));
        _stage.Settle();
        viewer.Say("""{"type":"pause"}""");
        _stage.Settle();
        for (var i = 0; i < 3; i++)
        {
            _stage.Send("cpu", (_stage.Now + i, i));
            _stage.Settle();
        }
        var refreshes = Refreshes;
        viewer.Say("""{"type":"resume"}""");
        _stage.Settle(viewer);
        Assert.InRange(Refreshes - refreshes, 1, 1);
        _stage.AssertSees(viewer, 60_000_000_000);
    }

    [Fact]
    public void Series_that_comes_later_joins_its_view_alone()
    {
        var viewer = ViewerOfAll();
        _stage.Settle();
        var sent = viewer.Transport.Sent.Count;
        _stage.Send("late", (_stage.Now, 1));
        viewer.Say(GatewayStage.Views("""{"widget":"all"}"""));
        _stage.Settle();
        _stage.Send("s7", (_stage.Now, 1));
        _stage.Settle();
        Assert.Contains(viewer.TextsOf("view"), text => text.Contains("\"name\":\"s7\"", StringComparison.Ordinal));
        Assert.InRange(viewer.Transport.Sent.Count - sent, 2, 4);
    }

    [Fact]
    public void View_without_viewers_leaves_its_series_alone_once_it_is_gone()
    {
        var series = _stage.Send("cpu", (_stage.Now, 1));
        var viewer = _stage.Connect(isBinary: true, GatewayStage.Views("""{"widget":"cpu"}"""));
        _stage.Settle();
        Assert.Single(series.Observations);
        viewer.Leave();
        _stage.Settle();
        _stage.Time.Advance(TimeSpan.FromMinutes(2));
        _stage.Settle();
        Assert.Empty(series.Observations);
    }

    private long Refreshes => _stage.Gateway.Counters.RefreshesCount;

    private FakeViewer ViewerOfAll()
    {
        for (var i = 0; i < Count; i++) _stage.Engine.Append(_stage.Engine.Resolve(new SeriesKey($"v{i}")), _stage.Now, i);
        _stage.Engine.RunRound();
        var viewer = _stage.Connect(isBinary: true);
        foreach (var part in Enumerable.Range(0, Count).Chunk(250)) viewer.Say(GatewayStage.Views(string.Join(',', part.Select(i => $$"""{"query":"v{{i}}"}"""))));
        _stage.Settle();
        return viewer;
    }
}
