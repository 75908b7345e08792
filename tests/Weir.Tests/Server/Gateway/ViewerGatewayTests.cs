using System.Text.Json;
using Weir.Engine.Access;
using Weir.Engine.Tables;
using Weir.Engine.Time;
using Weir.Server.Gateway;

namespace Weir.Tests.Server.Gateway;

public sealed class ViewerGatewayTests() : GatewayTests(sendingLoops: 1);

/// <summary>The same with viewers spread over two threads.</summary>
public sealed class TwoLoopGatewayTests() : GatewayTests(sendingLoops: 2);

public abstract class GatewayTests : IDisposable
{
    private const long Minute = 60 * UnixTime.NanosecondsPerSecond;
    private static readonly string Cpu = GatewayStage.Views("""{"widget":"cpu","range":60000,"width":600}""");
    private readonly GatewayStage _stage;

    protected GatewayTests(int sendingLoops) => _stage = new GatewayStage(sendingLoops: sendingLoops);

    public void Dispose()
    {
        _stage.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Hello_comes_first_then_the_view_then_its_past()
    {
        _stage.Send("cpu", (_stage.Now - 1_000_000, 7));
        var viewer = _stage.Connect(isBinary: false, Cpu);
        _stage.Settle(viewer);
        Assert.Equal(["hello", "view", "history"], viewer.Texts.Select(TypeOf));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void First_picture_begins_with_the_newest_point_before_its_range(bool isBinary)
    {
        _stage.Send("cpu", (_stage.Now - 3 * GatewayStage.Hour, 4), (_stage.Now - 2 * GatewayStage.Hour, 7));
        var viewer = _stage.Connect(isBinary, Cpu);
        _stage.Settle(viewer);
        Assert.Equal([7], viewer.Picture.ColumnsOf(0).Select(column => column.Last));
        _stage.Send("cpu", (_stage.Now, 9));
        _stage.Settle(viewer);
        Assert.Equal([7, 9], viewer.Picture.ColumnsOf(0).Select(column => column.Last));
    }

    [Fact]
    public void History_and_data_read_as_documented()
    {
        _stage.Send("cpu", (1735689599000_000_000, 75), (1735689599500_250_000, 76.5));
        var viewer = _stage.Connect(isBinary: false, Cpu);
        _stage.Settle(viewer);
        _stage.Send("cpu", (1735689600000_000_000, double.NaN));
        _stage.Settle(viewer);
        Assert.Equal(
            """{"type":"history","widget":"cpu","series":"cpu","slot":0,"sequence":1,"data":[[1735689599000,75],[1735689599500.25,76.5]]}""",
            viewer.TextsOf("history").Single());
        Assert.Matches("""^{"type":"data","widget":"cpu","series":"cpu","slot":0,"sequence":\d+,"data":\[\[1735689600000,null\]\]}$""", viewer.TextsOf("data").Single());
    }

    [Fact]
    public void Many_viewers_of_one_view_cost_one_frame()
    {
        var viewers = Enumerable.Range(0, 20).Select(i => _stage.Connect(isBinary: i % 2 == 0, Cpu)).ToArray();
        _stage.Settle(viewers);
        var before = _stage.Gateway.Counters.Frames;
        _stage.Send("cpu", (_stage.Now, 1));
        _stage.Settle(viewers);
        Assert.Equal(1, _stage.Gateway.Counters.Frames - before);
        Assert.All(viewers, viewer => _stage.AssertSees(viewer, Minute));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Stalled_viewer_holds_one_message_and_is_cut_off_while_others_go_on(bool isBinary)
    {
        var (stalled, other) = (_stage.Connect(isBinary, Cpu), _stage.Connect(isBinary, Cpu));
        _stage.Settle(stalled, other);
        stalled.Transport.IsStalling = true;
        var sent = stalled.Transport.Sent.Count;
        for (var i = 0; i < 300; i++)
        {
            _stage.Time.Advance(TimeSpan.FromMilliseconds(100));
            _stage.Send("cpu", (_stage.Now, i));
            _stage.Gateway.Tick();
        }
        other.Read();
        Assert.Equal(sent + 1, stalled.Transport.Sent.Count);
        Assert.False(stalled.Transport.IsAborted);
        _stage.AssertSees(other, Minute);
        _stage.Time.Advance(TimeSpan.FromMilliseconds(200));
        _stage.Gateway.Tick();
        Assert.True(stalled.Transport.IsAborted);
        Assert.Equal(1, _stage.Gateway.Counters.Disconnects);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Long_history_of_many_series_comes_in_messages_within_the_bound(bool isBinary)
    {
        for (var i = 0; i < 5; i++) _stage.SendMany($"s{i}", 20_000);
        var viewer = _stage.Connect(isBinary, GatewayStage.Views("""{"widget":"all","range":60000,"width":8192}"""));
        _stage.Settle(viewer);
        _stage.AssertSees(viewer, Minute);
    }

    [Fact]
    public void Longest_numbers_still_fit_a_message()
    {
        var random = new Random(1);
        var points = Enumerable.Range(0, 4000).Select(i => (_stage.Now - (4000 - i) * 1_234_567L, -random.NextDouble() * 1e-300)).ToArray();
        _stage.Send("cpu", points);
        var viewer = _stage.Connect(isBinary: false, Cpu);
        _stage.Settle(viewer);
        _stage.AssertSees(viewer, Minute);
    }

    [Fact]
    public void Viewer_that_never_saw_a_view_is_not_told_that_it_missed_nothing()
    {
        var first = _stage.Connect(isBinary: false, Cpu);
        _stage.Send("cpu", (_stage.Now, 1));
        _stage.Settle(first);
        first.Leave();
        _stage.Settle();
        _stage.Time.Advance(TimeSpan.FromMinutes(2));
        _stage.Settle();
        _stage.Send("cpu", (_stage.Now, 2));
        var back = _stage.Connect(isBinary: false, GatewayStage.Views(
            """{"widget":"cpu","range":60000,"width":600}""",
            $$$"""{"epoch":"{{{_stage.Gateway.Epoch}}}","sequences":{"cpu":{{{_stage.Gateway.Sequence}}}}}"""));
        _stage.Settle(back);
        Assert.Contains("\"resumed\":false", back.TextsOf("view").Single(), StringComparison.Ordinal);
        _stage.AssertSees(back, Minute);
    }

    [Fact]
    public void Connection_lost_within_a_catch_up_resumes_without_loss()
    {
        for (var i = 0; i < 8; i++) _stage.SendMany($"s{i}", 3000);
        var wide = """{"widget":"all","range":60000,"width":8192}""";
        var viewer = _stage.Connect(isBinary: true, GatewayStage.Views(wide));
        _stage.Gateway.Tick();
        viewer.Transport.IsStalling = true;
        for (var i = 0; i < 3; i++)
        {
            viewer.Release();
            viewer.Transport.IsStalling = true;
            _stage.Gateway.Tick();
        }
        viewer.Reconnect();
        viewer.Say(GatewayStage.Views(wide, $$$"""{"epoch":"{{{_stage.Gateway.Epoch}}}","sequences":{"all":{{{viewer.Picture.Sequence}}}}}"""));
        _stage.Settle(viewer);
        _stage.AssertSees(viewer, Minute);
    }

    [Fact]
    public void Paused_viewer_hears_heartbeats_only_and_costs_no_frames()
    {
        var viewer = _stage.Connect(isBinary: true, Cpu);
        _stage.Settle(viewer);
        viewer.Say("""{"type":"pause"}""");
        _stage.Settle(viewer);
        var (frames, sent) = (_stage.Gateway.Counters.Frames, viewer.Transport.Sent.Count);
        for (var i = 0; i < 10; i++)
        {
            _stage.Time.Advance(TimeSpan.FromSeconds(1));
            _stage.Send("cpu", (_stage.Now, i));
            _stage.Gateway.Tick();
        }
        Assert.Equal(frames, _stage.Gateway.Counters.Frames);
        Assert.All(viewer.Texts.Skip(sent), text => Assert.Equal("heartbeat", TypeOf(text)));
        Assert.Equal(2, viewer.Transport.Sent.Count - sent);
        viewer.Say("""{"type":"resume"}""");
        _stage.Settle(viewer);
        _stage.AssertSees(viewer, Minute);
    }

    [Fact]
    public void Views_are_shared_linger_a_minute_and_go()
    {
        var (a, b) = (_stage.Connect(isBinary: true, Cpu), _stage.Connect(isBinary: false, Cpu));
        _stage.Time.Advance(TimeSpan.FromSeconds(6));
        _stage.Settle(a, b);
        Assert.Equal(1, _stage.Gateway.ViewCount);
        a.Leave();
        b.Leave();
        _stage.Settle();
        _stage.Time.Advance(TimeSpan.FromSeconds(50));
        _stage.Settle();
        Assert.Equal(1, _stage.Gateway.ViewCount);
        _stage.Time.Advance(TimeSpan.FromSeconds(11));
        _stage.Settle();
        Assert.Equal(0, _stage.Gateway.ViewCount);
    }

    [Fact]
    public void Series_over_the_limit_are_left_out_and_the_viewer_is_told_once()
    {
        for (var i = 0; i < 257; i++) _stage.Send($"s{i}", (_stage.Now, i));
        var viewer = _stage.Connect(isBinary: true, GatewayStage.Views("""{"widget":"all"}"""));
        _stage.Settle(viewer);
        _stage.Send("s300", (_stage.Now, 1));
        _stage.Settle(viewer);
        Assert.Equal(256, viewer.Picture.Names.Count);
        Assert.Contains("\"too-many\"", viewer.TextsOf("error").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Subscription_over_the_limit_is_refused()
    {
        var viewer = _stage.Connect(isBinary: true);
        viewer.Say(GatewayStage.Views(string.Join(',', Enumerable.Range(0, 1024).Select(i => $$"""{"query":"q{{i}}"}"""))));
        viewer.Say(GatewayStage.Views("""{"query":"q99","width":300},{"query":"one.more"}"""));
        _stage.Settle(viewer);
        Assert.Contains("\"widget\":\"one.more\"", viewer.TextsOf("error").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Misspelled_widget_is_answered_with_the_nearest()
    {
        var viewer = _stage.Connect(isBinary: true, GatewayStage.Views("""{"widget":"cpuu"}"""));
        _stage.Settle(viewer);
        Assert.Contains("There is no widget 'cpuu'; did you mean 'cpu'?\"", viewer.TextsOf("error").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Widget_whose_table_comes_later_becomes_live()
    {
        var viewer = _stage.Connect(isBinary: true, GatewayStage.Views("""{"widget":"log","offset":-1,"count":2}"""));
        _stage.Settle(viewer);
        Assert.EndsWith("\"total\":0,\"columns\":[],\"rows\":[]}", viewer.TextsOf("window").Single(), StringComparison.Ordinal);
        var log = _stage.Engine.Tables.ResolveLog("log", rowsMax: 3);
        for (var i = 0; i < 5; i++) log.Send($"line {i}", time: 0);
        _stage.Settle(viewer);
        Assert.Contains("""
            "total":3,"first":2,
            """.Trim(), viewer.TextsOf("window").Last(), StringComparison.Ordinal);
        Assert.EndsWith("""
            "offset":1,"rows":[[0,"information","","line 3"],[0,"information","","line 4"]]}
            """.Trim(), viewer.TextsOf("window").Last(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "row 0")]
    [InlineData(-1, "row 199")]
    public void Rows_that_do_not_fit_stay_out_at_the_far_end(int offset, string kept)
    {
        var table = _stage.Engine.Tables.Resolve("rows", () => new RowTable("rows", [new("a"), new("b")]));
        for (var i = 0; i < 200; i++) table.Send($"row {i}", new string('\u0001', 1000 + 7 * i));
        var viewer = _stage.Connect(isBinary: true, GatewayStage.Views($$"""{"widget":"rows","offset":{{offset}},"count":200}"""));
        _stage.Settle(viewer);
        var window = JsonDocument.Parse(viewer.TextsOf("window").Single()).RootElement;
        var rows = window.GetProperty("rows").EnumerateArray().Select(row => row[0].GetString()).ToArray();
        Assert.Contains(kept, rows);
        Assert.InRange(rows.Length, 3, 12);
        Assert.Equal($"row {window.GetProperty("offset").GetInt32()}", rows[0]);
    }

    [Fact]
    public void Single_row_larger_than_a_message_comes_cut()
    {
        var columns = Enumerable.Range(0, 64).Select(i => new TableColumn($"c{i}")).ToArray();
        _stage.Engine.Tables.Resolve("rows", () => new RowTable("rows", columns)).Send(Enumerable.Repeat<object?>(new string('"', 4096), 64).ToArray());
        var viewer = _stage.Connect(isBinary: true, GatewayStage.Views("""{"widget":"rows"}"""));
        _stage.Settle(viewer);
        Assert.Equal(1, JsonDocument.Parse(viewer.TextsOf("window").Single()).RootElement.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public void Dashboard_is_sent_again_when_it_changed()
    {
        var viewer = _stage.Connect(isBinary: true);
        _stage.Settle(viewer);
        _stage.Dashboard.AddWidget(new StatOptions { Id = "late", Queries = ["cpu"] }, _stage.Dashboard.DefaultPage.Root);
        _stage.Settle(viewer);
        viewer.Say(GatewayStage.Views("""{"widget":"late"}"""));
        _stage.Settle(viewer);
        Assert.Equal(["hello", "dashboard", "view"], viewer.Texts.Select(TypeOf));
    }

    [Theory]
    [InlineData("""{"widget":"cpu","from":-9200000000000,"to":0,"width":16}""")]
    [InlineData("""{"widget":"cpu","from":0,"to":9200000000000,"width":8192}""")]
    [InlineData("""{"widget":"cpu","from":1.0000001,"to":1.0000002}""")]
    [InlineData("""{"widget":"cpu","range":31622400000,"width":16}""")]
    public void View_at_the_edge_of_time_is_answered(string view)
    {
        _stage.Send("cpu", (_stage.Now - 1, 1), (_stage.Now, 2));
        var viewers = new[] { _stage.Connect(isBinary: true, GatewayStage.Views(view)), _stage.Connect(isBinary: false, GatewayStage.Views(view)) };
        _stage.Settle(viewers);
        Assert.All(viewers, viewer => Assert.Single(viewer.TextsOf("view")));
        Assert.Equal(0, _stage.Gateway.Counters.Errors);
    }

    [Fact]
    public void Viewer_that_is_sent_away_learns_why_first()
    {
        var transport = new FakeTransport(isBinary: true);
        var viewer = _stage.Gateway.Attach(transport, _stage.Dashboard, AccessScope.Everything);
        _stage.Gateway.Tell(viewer, new ViewerError("bad-message", "Because."));
        _stage.Gateway.SendAway(viewer, DisconnectCode.BadMessage);
        _stage.Gateway.Tick();
        Assert.Equal(["hello", "error", "bye"], transport.Sent.Select(message => TypeOf(System.Text.Encoding.UTF8.GetString(message.Bytes))));
        Assert.Equal(4000, transport.Closed!.Code);
    }

    private static string TypeOf(string message) => JsonDocument.Parse(message).RootElement.GetProperty("type").GetString()!;
}
