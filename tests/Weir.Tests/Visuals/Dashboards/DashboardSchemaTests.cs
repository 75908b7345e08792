using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Tests.Data;
using Weir.Visuals.Dashboards;

namespace Weir.Tests.Visuals.Dashboards;

/// <summary>What is made from the kinds: with WEIR_ACCEPT=1 the files are written anew.</summary>
public class DashboardSchemaTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void The_schema_in_the_documents_is_the_one_that_is_served() =>
        RequireSame("docs/schema/dashboard.json", WidgetReference.Schema().ToJsonString(Readable) + "\n");

    [Fact]
    public void The_types_of_the_browser_are_made_from_the_kinds() =>
        RequireSame("web/src/dashboard/document.generated.ts", WidgetReference.TypeScript());

    [Fact]
    public void The_reference_page_is_made_from_the_kinds() => RequireSame("docs/widgets.md", WidgetReference.Markdown());

    [Fact]
    public void Every_option_has_a_description() => Assert.Empty(WidgetReference.Options().Where(option => option.Description.Length == 0).Select(option => $"{option.Kind}.{option.Name}"));

    [Fact]
    public void Documents_follow_the_schema_and_wrong_ones_do_not()
    {
        var schema = Json.Schema.JsonSchema.FromText(DashboardSchema.Create().ToJsonString());
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < 50; i++)
        {
            var text = System.Text.Encoding.UTF8.GetString(DashboardReaderTests.RandomDocument(random).ToJson().Span);
            Assert.True(Follows(schema, text), $"seed {seed}: {text}");
        }
        Assert.True(Follows(schema, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Visuals", "Dashboards", "document.json"))));
        const string Good = """{"schema":1,"id":"a","title":"","theme":"dark","range":1,"version":1,"pages":[],"widgets":{"x":{"kind":"gauge","id":"x","max":5}}}""";
        Assert.True(Follows(schema, Good));
        foreach (var (from, to) in new[] { ("gauge", "gaug"), ("\"max\":5", "\"maxx\":5"), ("\"max\":5", "\"span\":13"), ("dark", "drak"), ("\"max\":5", "\"max\":\"5\"") })
            Assert.False(Follows(schema, Good.Replace(from, to, StringComparison.Ordinal)), to);
    }

    [Fact]
    public void Options_that_are_tried_in_the_browser_are_made_from_the_kinds() =>
        RequireSame("web/src/widgets/options.generated.json", JsonSerializer.Serialize(OptionSamples.All(), OptionSamples.Written) + "\n");

    [Fact]
    public void Every_option_of_every_kind_changes_the_document()
    {
        var samples = OptionSamples.All().ToList();
        Assert.Equal(WidgetReference.Options().Count(option => option.Name != "id"), samples.Count);
        foreach (var sample in samples)
        {
            var (without, with) = (Document(sample, sample.Base), Document(sample, sample.WithValue()));
            Assert.True(without != with, $"{sample.Kind}.{sample.Name}: {with}");
        }

        static string Document(OptionSamples.Sample sample, System.Text.Json.Nodes.JsonObject options)
        {
            var widget = (System.Text.Json.Nodes.JsonObject)options.DeepClone();
            widget["kind"] = sample.Kind;
            var json = new System.Text.Json.Nodes.JsonObject { ["schema"] = 1, ["id"] = "a", ["widgets"] = new System.Text.Json.Nodes.JsonObject { ["w"] = widget } };
            json["pages"] = System.Text.Json.Nodes.JsonNode.Parse("""[{"id":"p","title":"P","root":{"type":"grid","children":[{"type":"widget","widget":"w"}]}}]""");
            var reading = DashboardReader.Read(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));
            Assert.True(reading.Problems.Count == 0, $"{sample.Kind}.{sample.Name}: {string.Join(' ', reading.Problems)}");
            return reading.Document!.FindWidget("w")!.ToJson();
        }
    }

    private static bool Follows(Json.Schema.JsonSchema schema, string json)
    {
        using var document = JsonDocument.Parse(json);
        return schema.Evaluate(document.RootElement).IsValid;
    }

    private static void RequireSame(string file, string made)
    {
        var path = Repository.PathOf(file);
        if (Environment.GetEnvironmentVariable("WEIR_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, made);
        }
        Assert.Equal(File.ReadAllText(path), made);
    }
}
