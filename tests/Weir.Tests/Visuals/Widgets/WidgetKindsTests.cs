using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Weir.Visuals.Dashboards;
using Weir.Visuals.Widgets;

namespace Weir.Tests.Visuals.Widgets;

/// <summary>Kinds of another assembly: this one.</summary>
public class WidgetKindsTests
{
    private const string Script = "weir.registerWidget('test-dial', () => ({ draw() {} }));";

    internal static WidgetKind Dial => WidgetKinds.Register<DialOptions>("test-dial", DialJsonContext.Default, Script);

    private static WidgetKind Board => WidgetKinds.Register<BoardOptions>("test-board", DialJsonContext.Default, Script);

    [Fact]
    public void Its_options_are_written_and_read_and_its_defaults_left_out()
    {
        Assert.Equal("test-dial", Dial.Name);
        var document = new DashboardDocument("main");
        document.AddWidget(new DialOptions { Id = "load", Queries = ["cpu"], Needles = 5, Marks = ["low"], Unit = "%" }, document.DefaultPage.Root);
        document.AddWidget(new DialOptions { Id = "plain" }, document.DefaultPage.Root);

        var json = JsonNode.Parse(document.ToJson().Span)!["widgets"]!;
        Assert.Equal("""{"kind":"test-dial","id":"load","needles":5,"marks":["low"],"queries":["cpu"],"unit":"%"}""", json["load"]!.ToJsonString());
        Assert.Equal("""{"kind":"test-dial","id":"plain"}""", json["plain"]!.ToJsonString());

        var reading = DashboardReader.Read(document.ToJson().Span);
        Assert.Empty(reading.Problems);
        var load = (DialOptions)reading.Document!.FindWidget("load")!;
        Assert.Equal((5, "low", "cpu"), (load.Needles, Assert.Single(load.Marks), Assert.Single(load.Queries)));
        Assert.Equal(3, ((DialOptions)reading.Document.FindWidget("plain")!).Needles);
    }

    [Fact]
    public void What_is_wrong_with_it_is_said_as_of_any_other()
    {
        _ = Dial;
        var reading = DashboardReader.Read(Encoding.UTF8.GetBytes("""{"schema":1,"id":"m","widgets":{"a":{"kind":"test-dial","needles":12},"b":{"kind":"test-dail"},"c":{"kind":"test-dial","neddles":1}}}"""));
        Assert.Contains(reading.Problems, problem => problem.Message.StartsWith("Needles of test-dial 'a' is 12; allowed is 1 to 9.", StringComparison.Ordinal));
        Assert.Contains(reading.Problems, problem => problem.Message.Contains("did you mean 'test-dial'?", StringComparison.Ordinal));
        Assert.Contains(reading.Problems, problem => problem.Message.Contains("did you mean 'needles'?", StringComparison.Ordinal));
        Assert.Contains("1 to 9", Assert.Throws<ArgumentException>(() => new DashboardDocument("x").AddWidget(new DialOptions { Id = "a", Needles = 0 }, new GridContainer())).Message);
    }

    [Fact]
    public void The_schema_has_it()
    {
        _ = Dial;
        var kinds = (JsonArray)DashboardSchema.Create()["properties"]!["widgets"]!["additionalProperties"]!["anyOf"]!;
        var dial = Assert.Single(kinds, kind => (string)kind!["properties"]!["kind"]!["const"]! == "test-dial")!;
        Assert.Equal(9, (double)dial["properties"]!["needles"]!["maximum"]!);
    }

    [Fact]
    public async Task A_dashboard_shows_it_and_sends_to_it()
    {
        _ = (Dial, Board);
        await using var dashboard = new Dashboard(new WeirOptions { Port = 0 });
        var dial = dashboard.Widget("load", new DialOptions { Window = "10s" });
        dial.Send(4);
        Assert.Same(dial, dashboard.Widget<DialOptions>("load"));
        Assert.Equal(["load:avg:10s"], ((DialOptions)dashboard.Document.FindWidget("load")!).Queries);
        Assert.Contains("no rows", Assert.Throws<InvalidOperationException>(() => dial.Send(new { a = 1 })).Message);

        var board = dashboard.Widget<BoardOptions>("board");
        board.Send(new { Name = "a" });
        Assert.Null(board.Series);
        Assert.Equal("board", ((BoardOptions)dashboard.Document.FindWidget("board")!).Table);
        Assert.Equal("a", Assert.Single(dashboard.Engine.Tables.Find("board")!.Window(0, 5).Rows)[0]);

        Assert.Contains("Weir's own", Assert.Throws<InvalidOperationException>(() => dashboard.Widget<GaugeOptions>("g")).Message);

        await dashboard.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(4, dial.Series!.Snapshot.LastValue);
        using var client = new HttpClient { BaseAddress = dashboard.Url };
        using var answer = await client.GetAsync("kinds/test-dial.js", TestContext.Current.CancellationToken);
        Assert.Equal(Script, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("test-dial", await client.GetStringAsync("schema/dashboard.json", TestContext.Current.CancellationToken));
        using var missing = await client.GetAsync("kinds/test-dail.js", TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("did you mean 'test-dial'?", await missing.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_name_belongs_to_one_record()
    {
        Assert.Same(Dial, Dial);
        Assert.Contains("belongs to", Assert.Throws<InvalidOperationException>(() => WidgetKinds.Register<BoardOptions>("test-dial", DialJsonContext.Default, Script)).Message);
        Assert.Contains("belongs to", Assert.Throws<InvalidOperationException>(() => WidgetKinds.Register<BoardOptions>("gauge", DialJsonContext.Default, Script)).Message);
        foreach (var wrong in new[] { "Dial", "9dial", "", "a_b", new string('a', 33) })
            Assert.Contains($"'{wrong}'", Assert.Throws<ArgumentException>(() => WidgetKinds.Create<DialOptions>(wrong, DialJsonContext.Default, Script)).Message);
        Assert.Contains("JsonSerializable(typeof(MetricOptions))", Assert.Throws<ArgumentException>(() => WidgetKinds.Create<MetricOptions>("m", DialJsonContext.Default, Script)).Message);
    }

    [Fact]
    public void Kinds_and_their_scripts_have_limits()
    {
        var longest = new string(' ', WidgetKinds.ScriptLengthMax - 1) + ";";
        var kind = WidgetKinds.Create<DialOptions>("a", DialJsonContext.Default, longest);
        Assert.Contains($"{WidgetKinds.ScriptLengthMax + 1} characters", Assert.Throws<ArgumentException>(() => WidgetKinds.Create<DialOptions>("a", DialJsonContext.Default, longest + ";")).Message);

        var all = ImmutableArray<WidgetKind>.Empty;
        for (var i = 0; i < WidgetKinds.KindsMax; i++) all = WidgetKinds.Add(all, kind);
        Assert.Contains("256", Assert.Throws<InvalidOperationException>(() => WidgetKinds.Add(all, kind)).Message);
    }
}
