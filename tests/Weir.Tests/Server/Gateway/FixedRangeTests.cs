using Weir.Engine.Time;

namespace Weir.Tests.Server.Gateway;

/// <summary>A stretch that a viewer zoomed into: lines come in from the left and go out to the right.</summary>
public sealed class FixedRangeTests : IDisposable
{
    private const long Second = UnixTime.NanosecondsPerSecond;
    private readonly GatewayStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Theory]
    [InlineData(true, "17 21 25 33")]
    [InlineData(false, "17 21 25 33")]
    public void Points_next_to_the_range_come_with_it(bool isBinary, string expected)
    {
        var begin = _stage.Now - 60 * Second;
        _stage.Send("cpu", [.. new[] { 13, 17, 21, 25, 33, 41 }.Select(second => (begin + second * Second, (double)second))]);
        Assert.Equal(expected, Seen(isBinary, begin + 20 * Second, begin + 30 * Second));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Range_between_two_points_has_the_line_that_crosses_it(bool isBinary)
    {
        var begin = _stage.Now - 60 * Second;
        _stage.Send("cpu", (begin, 1), (begin + 50 * Second, 2), (begin + 51 * Second, 3));
        Assert.Equal("1 2", Seen(isBinary, begin + 20 * Second, begin + 30 * Second));
    }

    [Fact]
    public void Range_after_all_points_has_the_newest_alone()
    {
        var begin = _stage.Now - 60 * Second;
        _stage.Send("cpu", (begin, 1), (begin + Second, 2));
        Assert.Equal("2", Seen(isBinary: true, begin + 20 * Second, begin + 30 * Second));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Newest_value_comes_without_its_past_and_goes_on_live(bool isBinary)
    {
        _stage.Send("cpu", [.. Enumerable.Range(1, 30).Select(second => (_stage.Now - (31 - second) * Second, (double)second))]);
        var viewer = _stage.Connect(isBinary, GatewayStage.Views("""{"widget":"cpu","range":60000,"width":120,"newest":true}"""));
        _stage.Settle(viewer);
        Assert.Equal([30], viewer.Picture.ColumnsOf(0).Select(column => column.Last));
        _stage.Send("cpu", (_stage.Now, 31));
        _stage.Settle(viewer);
        Assert.Equal([30, 31], viewer.Picture.ColumnsOf(0).Select(column => column.Last));

        // Who falls far behind, or was away, needs the newest alone as well.
        viewer.Transport.IsStalling = true;
        for (var i = 0; i < 40; i++)
        {
            _stage.Time.Advance(TimeSpan.FromSeconds(0.5));
            _stage.Send("cpu", (_stage.Now, 100 + i));
            _stage.Gateway.Tick();
        }
        viewer.Release();
        _stage.Settle(viewer);
        Assert.Equal(139, viewer.Picture.ColumnsOf(0)[^1].Last);
        Assert.InRange(viewer.Picture.ColumnsOf(0).Count, 3, 4);
    }

    [Fact]
    public void Newest_value_of_a_fixed_range_is_the_last_within_it()
    {
        var begin = _stage.Now - 60 * Second;
        _stage.Send("cpu", (begin, 1), (begin + 25 * Second, 2), (begin + 51 * Second, 3));
        Assert.Equal("2", Seen(isBinary: true, begin + 20 * Second, begin + 30 * Second, ",\"newest\":true"));
    }

    private string Seen(bool isBinary, long from, long to, string more = "")
    {
        var viewer = _stage.Connect(isBinary, GatewayStage.Views($$"""{"widget":"cpu","from":{{from / 1_000_000}},"to":{{to / 1_000_000}},"width":100{{more}}}"""));
        _stage.Settle(viewer);
        return string.Join(' ', viewer.Picture.ColumnsOf(0).Select(column => column.Last));
    }
}
