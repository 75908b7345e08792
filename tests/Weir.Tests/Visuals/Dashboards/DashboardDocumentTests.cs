using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Engine.Tables;
using Weir.Visuals.Dashboards;
using Weir.Visuals.Themes;
using Weir.Visuals.Widgets;

namespace Weir.Tests.Visuals.Dashboards;

public class DashboardDocumentTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void The_document_is_written_as_the_protocol_has_it()
    {
        var document = new DashboardDocument("main", "Weir") { Theme = Theme.Dark, Range = TimeSpan.FromMinutes(5) };
        var root = document.DefaultPage.Root;
        document.AddWidget(
            new MetricOptions { Id = "cpu", Title = "CPU", Unit = "%", Queries = ["cpu"], Area = true, Min = 0, Max = 100, Thresholds = [Threshold.Warning(80), new(0, Color: "#fa0")] },
            root);
        var columns = document.AddContainer(new ColumnsContainer([2, 1]), root);
        var column = document.AddContainer(new ColumnContainer(), columns);
        document.AddWidget(new StatOptions { Id = "stat", Queries = ["stat"], Delta = false, DeltaColor = DeltaColor.Inverse, Sparkline = false }, column);
        document.AddWidget(new GaugeOptions { Id = "gauge", Queries = ["gauge"], Min = -5, Max = 50, Shape = GaugeShape.Ring }, column);
        document.AddContainer(new ColumnContainer(), columns);
        var tab = document.AddContainer(new TabContainer("Disk"), document.AddContainer(new TabsContainer(), root));
        document.AddWidget(new LineChartOptions { Id = "line", Queries = ["orders.*"], Legend = false, Axis = new("µs", Min: 1, Log: true), Help = "How long?" }, tab);
        document.AddWidget(new TableOptions { Id = "table", Table = "table", VisibleRows = 5, Sort = "cpu", Descending = true }, tab);
        var expander = document.AddContainer(new ExpanderContainer("More", expanded: false), root);
        document.AddWidget(new LogOptions { Id = "log", Table = "log", Level = LogSeverity.Warning, Span = 2 }, expander);
        var row = document.AddContainer(new RowContainer(), document.AddPage("notes", "Notes").Root);
        document.AddWidget(new TextOptions { Id = "text", Table = "text", Style = TextStyle.Caption }, row);
        document.AddWidget(new MarkdownOptions { Id = "markdown", Table = "markdown" }, row);

        var expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Visuals", "Dashboards", "document.json"));
        Assert.Equal(expected.Trim(), Indented(document));
    }

    [Fact]
    public void An_empty_document_has_a_page()
    {
        var json = Encoding.UTF8.GetString(new DashboardDocument("main").ToJson().Span);
        Assert.Equal(
            """{"schema":1,"id":"main","title":"main","theme":"auto","range":60000,"version":1,"pages":[{"id":"overview","title":"Overview","root":{"type":"grid","children":[]}}],"widgets":{}}""",
            json);
    }

    [Fact]
    public void Each_change_raises_the_version_and_the_bytes_stay_until_then()
    {
        var document = new DashboardDocument("main");
        var changes = new List<long>();
        document.Changed += () => changes.Add(document.Version);
        Assert.True(document.ToJson().Span == document.ToJson().Span);
        document.AddWidget(new MetricOptions { Id = "a" }, document.DefaultPage.Root);
        document.ReplaceWidget(new MetricOptions { Id = "a", Unit = "ms" });
        document.Title = "Orders";
        Assert.Equal([2, 3, 4], changes);
        Assert.Equal("ms", ((MetricOptions)document.FindWidget("a")!).Unit);
        Assert.Equal(4, (int)JsonNode.Parse(document.ToJson().Span)!["version"]!);
    }

    [Fact]
    public void A_widget_is_there_once()
    {
        var document = new DashboardDocument("main");
        document.AddWidget(new MetricOptions { Id = "a" }, document.DefaultPage.Root);
        Assert.Throws<InvalidOperationException>(() => document.AddWidget(new GaugeOptions { Id = "a" }, document.DefaultPage.Root));
        Assert.Throws<InvalidOperationException>(() => document.ReplaceWidget(new GaugeOptions { Id = "b" }));
        Assert.Single(document.DefaultPage.Root.Children);
    }

    [Fact]
    public void Wrong_ids_and_logos_are_refused()
    {
        Assert.Contains("'a b'", Assert.Throws<ArgumentException>(() => new DashboardDocument("a b")).Message);
        Assert.Throws<ArgumentException>(() => new DashboardDocument("main") { Logo = "https://example.org/logo.png" });
    }

    [Fact]
    public void A_catalog_finds_by_id_and_passes_changes_on()
    {
        var catalog = new DashboardCatalog();
        var changed = new List<string>();
        catalog.Changed += document => changed.Add(document.Id);
        var main = catalog.Add(new DashboardDocument("main"));
        main.Title = "x";
        Assert.Same(main, catalog.Find("main"));
        Assert.Null(catalog.Find("other"));
        Assert.Equal(["main", "main"], changed);
        Assert.Throws<InvalidOperationException>(() => catalog.Add(new DashboardDocument("main")));
    }

    private static string Indented(DashboardDocument document) => JsonNode.Parse(document.ToJson().Span)!.ToJsonString(Readable);
}
