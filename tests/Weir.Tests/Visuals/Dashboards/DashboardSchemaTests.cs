using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Visuals.Dashboards;

namespace Weir.Tests.Visuals.Dashboards;

/// <summary>What is made from the kinds: with WEIR_ACCEPT=1 the files are written anew.</summary>
public class DashboardSchemaTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void The_schema_in_the_documents_is_the_one_that_is_served() =>
        RequireSame("docs/schema/dashboard.json", DashboardSchema.Create().ToJsonString(Readable) + "\n");

    [Fact]
    public void The_types_of_the_browser_are_made_from_the_kinds() =>
        RequireSame("web/src/dashboard/document.generated.ts", WidgetReference.TypeScript());

    [Fact]
    public void The_reference_page_is_made_from_the_kinds() => RequireSame("docs/widgets.md", WidgetReference.Markdown());

    [Fact]
    public void Every_option_has_a_description() => Assert.Empty(WidgetReference.Options().Where(option => option.Description.Length == 0).Select(option => $"{option.Kind}.{option.Name}"));

    private static void RequireSame(string file, string made, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", file);
        if (Environment.GetEnvironmentVariable("WEIR_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, made);
        }
        Assert.Equal(File.ReadAllText(path), made);
    }
}
