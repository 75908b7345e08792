using System.Collections;
using System.ComponentModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Weir.Visuals.Layouts;
using Weir.Visuals.Themes;
using Weir.Visuals.Widgets;

namespace Weir.Visuals.Dashboards;

/// <summary>The dashboard document as it travels; see "The dashboard document" in docs/protocol.md.</summary>
internal sealed record DashboardShape(
    int Schema,
    string Id,
    string Title,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Theme Theme,
    double Range,
    string? Logo,
    long Version,
    IReadOnlyList<Page> Pages,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] IReadOnlyDictionary<string, WidgetSpec> Widgets);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(DashboardShape))]
internal sealed partial class DashboardJsonContext : JsonSerializerContext;

internal static class DashboardJson
{
    private static readonly JsonSerializerOptions Options = new(DashboardJsonContext.Default.Options)
    {
        TypeInfoResolver = DashboardJsonContext.Default.WithAddedModifier(OmitDefaults),
        // It is served as JSON and never pasted into a page; escaping every "µ" would only make it harder to read.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Serialize(DashboardShape shape) =>
        JsonSerializer.SerializeToUtf8Bytes(shape, (JsonTypeInfo<DashboardShape>)Options.GetTypeInfo(typeof(DashboardShape)));

    /// <summary>Leaves out what has the default it is declared with, and widgets' empty lists.</summary>
    private static void OmitDefaults(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AttributeProvider?.GetCustomAttributes(typeof(DefaultValueAttribute), inherit: true) is [DefaultValueAttribute declared, ..])
            {
                property.ShouldSerialize = (_, value) => !Equals(value, declared.Value);
            }
            else if (typeof(WidgetSpec).IsAssignableFrom(type.Type) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType) && property.PropertyType != typeof(string))
            {
                property.ShouldSerialize = (_, value) => value is ICollection { Count: > 0 };
            }
        }
    }
}
