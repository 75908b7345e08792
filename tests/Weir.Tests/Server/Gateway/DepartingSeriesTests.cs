using Weir.Engine;
using Weir.Engine.Time;
using Weir.Engine.Views;

namespace Weir.Tests.Server.Gateway;

/// <summary>What viewers see when series leave, or have nothing more to show.</summary>
public sealed class DepartingSeriesTests : IDisposable
{
    private const long Minute = 60 * UnixTime.NanosecondsPerSecond;
    private static readonly string All = GatewayStage.Views("""{"widget":"all","range":60000,"width":600}""");
    private readonly GatewayStage _stage = new(new EngineOptions { SeriesMax = 16 });

    public void Dispose() => _stage.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Series_that_left_makes_room_in_the_view_and_the_others_go_on(bool isBinary)
    {
        for (var i = 0; i < 14; i++) _stage.Send($"s{i}", (_stage.Now + i, i));
        var viewers = new[] { _stage.Connect(isBinary, All), _stage.Connect(isBinary, All) };
        viewers[1].Say("""{"type":"pause"}""");
        _stage.Settle(viewers);
        Assert.Equal(14, viewers[0].Picture.Names.Count);
        _stage.Time.Advance(TimeSpan.FromHours(2));
        _stage.Send("s1", (_stage.Now, 100));
        _stage.Send("s14", (_stage.Now, 101));
        _stage.Send("s15", (_stage.Now, 102));
        _stage.Time.Advance(TimeSpan.FromSeconds(11));
        _stage.Send("s1", (_stage.Now, 103));
        Assert.Equal(1, _stage.Engine.Catalog.Left);
        viewers[1].Say("""{"type":"resume"}""");
        _stage.Settle(viewers);
        Assert.Equal(1, _stage.Gateway.Views.Count);
        Assert.All(viewers, viewer =>
        {
            Assert.Equal([.. Enumerable.Range(1, 15).Select(i => $"s{i}")], viewer.Picture.Names);
            _stage.AssertSees(viewer, Minute);
        });
        foreach (var viewer in viewers) viewer.Leave();
    }

    [Fact]
    public void Full_view_takes_those_first_that_have_something_to_show()
    {
        using var stage = new GatewayStage();
        for (var i = 0; i < ColumnsView.SlotsMax; i++) stage.Send($"s.old{i}", (stage.Now - 2 * Minute, i));
        stage.Send("s.new", (stage.Now, 1));
        var viewer = stage.Connect(isBinary: true, All);
        stage.Settle(viewer);
        Assert.Equal((ColumnsView.SlotsMax, "s.new"), (viewer.Picture.Names.Count, viewer.Picture.Names[0]));
    }

    [Fact]
    public void Full_view_makes_way_for_new_series_once_some_have_nothing_more_to_show()
    {
        using var stage = new GatewayStage();
        for (var i = 0; i < ColumnsView.SlotsMax; i++) stage.Send($"s.old{i}", (stage.Now, i));
        var viewer = stage.Connect(isBinary: true, All);
        stage.Settle(viewer);
        stage.Time.Advance(TimeSpan.FromSeconds(59));
        stage.Send("s.new", (stage.Now, 1));
        stage.Settle(viewer);
        Assert.DoesNotContain("s.new", viewer.Picture.Names);
        Assert.Single(viewer.TextsOf("error"));
        stage.Time.Advance(TimeSpan.FromSeconds(2));
        stage.Send("s.new", (stage.Now, 2));
        stage.Settle(viewer);
        Assert.Equal("s.new", viewer.Picture.Names[0]);
        stage.AssertSees(viewer, Minute);
        // Another one waits for its minute: what all viewers have is not sent again with each new label.
        stage.Send("s.newer", (stage.Now, 3));
        stage.Settle(viewer);
        Assert.DoesNotContain("s.newer", viewer.Picture.Names);
    }
}
