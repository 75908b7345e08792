using System.Text;
using System.Text.Json.Nodes;
using Weir.Engine.Tables;
using Weir.Engine.Time;
using Weir.Engine.Windows;
using Weir.Visuals.Dashboards;
using Weir.Visuals.Themes;
using Weir.Visuals.Widgets;

namespace Weir.Tests.Visuals.Dashboards;

public class DashboardReaderTests
{
    [Fact]
    public void What_was_written_is_read_again()
    {
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var random = new Random(seed);
        for (var i = 0; i < 100; i++)
        {
            var written = RandomDocument(random);
            var reading = DashboardReader.Read(written.ToJson().Span);
            Assert.True(reading.Problems.Count == 0, $"seed {seed}: {string.Join('\n', reading.Problems)}\n{Encoding.UTF8.GetString(written.ToJson().Span)}");
            Assert.Equal(WithoutVersion(written), WithoutVersion(reading.Document!));
        }
    }

    [Fact]
    public void All_problems_are_said_with_their_places_and_the_rest_is_kept()
    {
        var reading = Read(
            """
            {"schema": 1, "id": "main", "titel": "x",
             "pages": [{"id": "p", "title": "P", "root": {"type": "grid", "children": [
               {"type": "widget", "widget": "load"},
               {"type": "rows", "children": [{"type": "widget", "widget": "disk"}]},
               {"type": "widget", "widget": "laod"}]}}],
             "widgets": {
               "load": {"kind": "metric", "unti": "%", "span": 99,
                 "area": true},
               "disk": {"kind": "gauge", "min": 5, "max": 1, "unit": "GB"},
               "odd": {"kind": "guage"}}}
            """);
        Assert.Equal(
            [
                (1, 29, "did you mean 'title'?"),
                (7, 31, "did you mean 'unit'?"),
                (7, 44, "Span of metric 'load' is 99; allowed is 1 to 12."),
                (9, 40, "Max of gauge 'disk' is 1; allowed is a number above Min, which is 5."),
                (10, 12, "did you mean 'gauge'?"),
                (4, 4, "did you mean 'row'?"),
                (5, 23, "did you mean 'load'?"),
            ],
            reading.Problems.Select(problem => (problem.Line, problem.Column, Ending(problem.Message))));
        Assert.Equal(["load", "disk"], reading.Document!.Widgets.Select(widget => widget.Id));
        Assert.True(((MetricOptions)reading.Document.FindWidget("load")!).Area);
        Assert.Equal("GB", ((GaugeOptions)reading.Document.FindWidget("disk")!).Unit);

        static string Ending(string message) => message.Contains("did you mean", StringComparison.Ordinal) ? message[message.IndexOf("did you", StringComparison.Ordinal)..] : message.Split(" (Parameter")[0];
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("[]", 1, 1)]
    [InlineData("{\n  \"id\": }", 2, 9)]
    [InlineData("{\"schema\": 1}", 1, 1)]
    public void What_is_no_document_is_a_problem_with_a_place(string text, int line, int column)
    {
        var reading = Read(text);
        Assert.Null(reading.Document);
        Assert.Equal((line, column), (Assert.Single(reading.Problems).Line, reading.Problems[0].Column));
    }

    [Fact]
    public void A_document_has_up_to_16_megabytes()
    {
        var text = new byte[DashboardReader.BytesMax];
        Array.Fill(text, (byte)' ');
        """{"schema":1,"id":"a"}"""u8.CopyTo(text);
        var reading = DashboardReader.Read(text);
        Assert.Empty(reading.Problems);
        Assert.Equal("a", reading.Document!.Id);
        Assert.Equal($"the document has {text.Length + 1} bytes; up to 16777216 are read", Assert.Single(DashboardReader.Read([.. text, (byte)' ']).Problems).Message);
    }

    [Fact]
    public void A_newer_schema_is_said_and_read_as_far_as_it_is_known()
    {
        var reading = Read("""{"schema": 2, "id": "a", "title": "T"}""");
        Assert.Contains("schema 2", Assert.Single(reading.Problems).Message);
        Assert.Equal("T", reading.Document!.Title);
    }

    private static DashboardReading Read(string text) => DashboardReader.Read(Encoding.UTF8.GetBytes(text));

    private static string WithoutVersion(DashboardDocument document)
    {
        var json = JsonNode.Parse(document.ToJson().Span)!;
        json["version"] = 0;
        return json.ToJsonString();
    }

    internal static DashboardDocument RandomDocument(Random random)
    {
        var document = new DashboardDocument("d" + random.Next(100), "Title \"µ\"") { Theme = (Theme)random.Next(3), Range = TimeSpan.FromSeconds(random.Next(1, 5000)) };
        var count = 0;
        for (var pages = random.Next(1, 4); pages > 0; pages--) Fill(document.AddPage("page" + pages, "Page " + pages).Root, 3);
        return document;

        void Fill(Container parent, int depth)
        {
            for (var children = random.Next(1, 4); children > 0; children--)
            {
                switch (depth == 0 ? 0 : random.Next(6))
                {
                    case 1:
                        var columns = document.AddContainer(new ColumnsContainer([1, random.Next(1, 9) / 2.0]), parent);
                        Fill(document.AddContainer(new ColumnContainer(), columns), depth - 1);
                        break;
                    case 2:
                        Fill(document.AddContainer(new TabContainer("t" + count), document.AddContainer(new TabsContainer(), parent)), depth - 1);
                        break;
                    case 3:
                        Fill(document.AddContainer(new ExpanderContainer("e" + count, random.Next(2) == 0), parent), depth - 1);
                        break;
                    default:
                        document.AddWidget(RandomWidget(random, "w" + count++), parent);
                        break;
                }
            }
        }
    }

    private static WidgetOptions RandomWidget(Random random, string id)
    {
        bool Flag() => random.Next(2) == 0;
        double? Number() => Flag() ? null : random.Next(-100, 0) / 8.0;
        string? Text() => Flag() ? null : "text " + random.Next(100);
        WidgetOptions widget = random.Next(8) switch
        {
            0 => new MetricOptions { Queries = [id], Color = Flag() ? null : "orange", Area = Flag(), Min = Number(), Max = Flag() ? null : 9, MaxPoints = Flag() ? null : 7, Warning = Flag() ? null : 3, Smooth = Flag() },
            1 => new StatOptions { Queries = Flag() ? ["a.*", "b"] : ["sum(rate(b[1m]))"], Format = Flag() ? null : "N2", Delta = Flag(), DeltaColor = (DeltaColor)random.Next(3), Sparkline = Flag(), Unit = Flag() ? null : "ms" },
            2 => new GaugeOptions { Min = random.Next(9), Max = random.Next(10, 200), Shape = (GaugeShape)random.Next(3), Thresholds = Flag() ? null : [Threshold.Critical(2), new(4, Color: "#123")] },
            3 => new LineChartOptions { Legend = Flag(), LegendLabel = Text(), Stacked = Flag(), AxisLabel = Text(), Min = Number(), Points = Flag(), Window = "1m", Slide = Flag() ? (Duration?)null : Duration.Parse("5s"), Aggregation = Aggregation.Max },
            4 => new TableOptions { Table = "t", Columns = Flag() ? null : [new("a", ColumnType.DateTime, Unit: "s"), new("b", Max: 3)], Sort = Flag() ? null : "a", Descending = Flag(), VisibleRows = random.Next(1, 200), MaxRows = random.Next(1, 5000), Sortable = Flag(), Filterable = Flag() },
            5 => new LogOptions { Level = Flag() ? null : (LogSeverity)random.Next(6), MaxRows = random.Next(1, 2000) },
            6 => new TextOptions { Style = (TextStyle)random.Next(4) },
            _ => new MarkdownOptions { Style = (TextStyle)random.Next(4) },
        };
        return widget with { Id = id, Title = Text(), Help = Text(), Span = random.Next(1, 13), Source = Flag() ? null : "Program.cs:3" };
    }
}
