using System.Text;
using System.Text.Json;
using Weir.Engine.Series;
using Weir.Engine.Tables;
using Weir.Engine.Views;

namespace Weir.Tests.Server.Gateway;

/// <summary>Pages of a thousand widgets, views with the longest labels, and views that fail.</summary>
public sealed class LargePageTests : IDisposable
{
    private const int Widgets = 1000;
    private readonly GatewayStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public void Thousand_widgets_with_long_names_are_shown_resumed_and_left()
    {
        var ids = Enumerable.Range(0, Widgets - 4).Select(i => $"{i}-".PadRight(248, 'ä')).ToArray();
        foreach (var id in ids) _stage.Dashboard.AddWidget(new MetricOptions { Id = id, Queries = ["cpu"] }, _stage.Dashboard.DefaultPage.Root);
        _stage.Send("cpu", (_stage.Now, 1));
        var viewer = _stage.Connect(isBinary: false);
        foreach (var part in Parts(ids, id => $$"""{"widget":"{{id}}"}""")) viewer.Say(GatewayStage.Views(part));
        _stage.Settle();
        Assert.Equal(ids, viewer.TextsOf("view").Select(WidgetOf));
        Assert.Empty(viewer.TextsOf("error"));
        Assert.All(viewer.Transport.Sent, message => Assert.InRange(message.Bytes.Length, 1, MessageBuffer.BytesMax));

        // The last that was said of each is what to resume from.
        var known = new Dictionary<string, ulong>();
        foreach (var text in viewer.TextsOf("view").Concat(viewer.TextsOf("history"))) known[WidgetOf(text)] = SequenceOf(text);
        viewer.Reconnect();
        foreach (var part in Parts(ids, id => $$"""{"widget":"{{id}}","sequence":{{known[id]}}}"""))
        {
            viewer.Say($$"""{"type":"subscribe","epoch":"{{_stage.Gateway.Epoch}}","views":[{{part}}]}""");
        }
        _stage.Settle();
        Assert.Equal(ids.Length, viewer.TextsOf("view").Count(text => text.Contains("\"resumed\":true", StringComparison.Ordinal)));

        foreach (var part in Parts(ids, id => $"\"{id}\"")) viewer.Say($$"""{"type":"unsubscribe","widgets":[{{part}}]}""");
        _stage.Settle();
        var before = viewer.Transport.Sent.Count;
        _stage.Send("cpu", (_stage.Now, 2));
        _stage.Settle();
        Assert.Equal(before, viewer.Transport.Sent.Count);
    }

    [Fact]
    public void Dashboard_larger_than_a_message_is_named_in_place_of_sent()
    {
        for (var i = 0; i < 900; i++) _stage.Dashboard.AddWidget(new MetricOptions { Id = $"w{i}", Queries = ["cpu"], Title = new string('t', 100) }, _stage.Dashboard.DefaultPage.Root);
        Assert.InRange(_stage.Dashboard.ToJson().Length, MessageBuffer.BytesMax, int.MaxValue);
        var viewer = _stage.Connect(isBinary: true);
        _stage.Settle();
        Assert.Contains("\"dashboard\":null,\"document\":\"api/v1/dashboards/main\"", viewer.TextsOf("hello").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, 'x')]
    [InlineData(1024, '\u0001')]
    public void View_of_256_series_with_32_labels_comes_in_parts_that_fit(int length, char fill)
    {
        for (var i = 0; i < 256; i++)
        {
            var labels = Enumerable.Range(0, 32).Select(label => new Label($"label{label}", $"{i}".PadRight(length, fill))).ToArray();
            _stage.Engine.Append(_stage.Engine.Resolve(new SeriesKey("s", labels)), _stage.Now, i);
        }
        _stage.Engine.RunRound();
        var viewer = _stage.Connect(isBinary: true, GatewayStage.Views("""{"widget":"all"}"""));
        _stage.Settle(viewer);
        Assert.InRange(viewer.TextsOf("view").Count(), 2, 256);
        Assert.Equal(256, viewer.Picture.Names.Count);
        Assert.All(viewer.TextsOf("view"), text => Assert.Equal(256, JsonDocument.Parse(text).RootElement.GetProperty("total").GetInt32()));
    }

    [Fact]
    public void Expression_is_shown_step_by_step_and_shared()
    {
        _stage.Send("a", (_stage.Now, 2));
        _stage.Send("b", (_stage.Now, 3));
        const string Sum = """{"query":"sum({__name__=~\"a|b\"}) * 10","range":60000,"width":60}""";
        var (viewer, other) = (_stage.Connect(isBinary: true, GatewayStage.Views(Sum)), _stage.Connect(isBinary: false, GatewayStage.Views(Sum)));
        for (var i = 0; i < 5; i++)
        {
            _stage.Time.Advance(TimeSpan.FromSeconds(1));
            _stage.Settle(viewer, other);
        }
        Assert.All(new[] { viewer, other }, one => Assert.Equal(50, one.Picture.ColumnsOf(0)[^1].Last));
        _stage.Send("a", (_stage.Now, 7));
        _stage.Time.Advance(TimeSpan.FromSeconds(1));
        _stage.Settle(viewer, other);
        Assert.All(new[] { viewer, other }, one => Assert.Equal(100, one.Picture.ColumnsOf(0)[^1].Last));
    }

    [Fact]
    public void Expression_that_costs_too_much_fails_on_its_widget_alone()
    {
        _stage.Send("cpu", (_stage.Now, 1));
        var costly = """{"query":"sum_over_time(cpu[1h:1ms])","range":3600000,"width":3600}""";
        var viewer = _stage.Connect(isBinary: true, GatewayStage.Views(costly + """,{"widget":"cpu"}"""));
        _stage.Settle();
        _stage.Time.Advance(TimeSpan.FromSeconds(1));
        _stage.Settle();
        Assert.Contains("\"failed\"", viewer.TextsOf("error").Single(), StringComparison.Ordinal);
        Assert.Contains(viewer.TextsOf("view"), text => text.Contains("\"widget\":\"cpu\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_are_filtered_whatever_the_case()
    {
        _stage.Dashboard.AddWidget(new TableOptions { Id = "people", Table = "people", Filterable = true }, _stage.Dashboard.DefaultPage.Root);
        var table = _stage.Engine.Tables.Resolve("people", () => new RowTable("people", [new("name"), new("age", ColumnType.Number)]));
        table.Send("Ada", 36.0);
        table.Send("Grace", 85.0);
        var viewer = _stage.Connect(isBinary: true, GatewayStage.Views("""{"widget":"people","filter":"GRA"}"""));
        _stage.Settle();
        Assert.Contains("\"rows\":[[\"Grace\",85]]", viewer.TextsOf("window").Single(), StringComparison.Ordinal);
        viewer.Say(GatewayStage.Views("""{"widget":"rows","filter":"x"}"""));
        _stage.Settle();
        Assert.Contains("not filterable", viewer.TextsOf("error").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Busy_JSON_subscription_leaves_others_their_turn()
    {
        for (var i = 0; i < 8; i++) _stage.SendMany($"s{i}", 3000);
        _stage.Send("cpu", (_stage.Now, 1));
        var viewer = _stage.Connect(isBinary: false, GatewayStage.Views("""{"widget":"all","width":8192},{"widget":"cpu"}"""));
        _stage.Settle();
        var kinds = viewer.TextsOf("history").Select(WidgetOf).ToList();
        Assert.InRange(kinds.IndexOf("cpu"), 0, 1);
    }

    [Fact]
    public void Heartbeat_says_what_was_lost()
    {
        _stage.Send("cpu", (_stage.Now, 1));
        _stage.Send("cpu", (_stage.Now + 2 * GatewayStage.Hour, 1));
        var viewer = _stage.Connect(isBinary: true);
        _stage.Time.Advance(TimeSpan.FromSeconds(6));
        _stage.Settle();
        Assert.Contains("\"ahead\":1", viewer.TextsOf("heartbeat").Single(), StringComparison.Ordinal);
    }

    private static string WidgetOf(string text) => JsonDocument.Parse(text).RootElement.GetProperty("widget").GetString()!;

    private static ulong SequenceOf(string text) => JsonDocument.Parse(text).RootElement.GetProperty("sequence").GetUInt64();

    /// <summary>As a browser does: as many to a message as fit.</summary>
    private static IEnumerable<string> Parts(IEnumerable<string> ids, Func<string, string> entry)
    {
        var part = new List<string>();
        var bytes = 0;
        foreach (var text in ids.Select(entry))
        {
            if (bytes + Encoding.UTF8.GetByteCount(text) > 16_000)
            {
                yield return string.Join(',', part);
                part.Clear();
                bytes = 0;
            }
            part.Add(text);
            bytes += Encoding.UTF8.GetByteCount(text) + 1;
        }
        yield return string.Join(',', part);
    }
}
