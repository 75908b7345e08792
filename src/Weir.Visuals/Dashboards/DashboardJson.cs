using System.Collections;
using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Weir.Engine.Tables;
using Weir.Engine.Windows;
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
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] IReadOnlyDictionary<string, WidgetOptions> Widgets);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(DashboardShape))]
[JsonSerializable(typeof(MetricOptions))]
[JsonSerializable(typeof(StatOptions))]
[JsonSerializable(typeof(GaugeOptions))]
[JsonSerializable(typeof(LineChartOptions))]
[JsonSerializable(typeof(TableOptions))]
[JsonSerializable(typeof(LogOptions))]
[JsonSerializable(typeof(TextOptions))]
[JsonSerializable(typeof(MarkdownOptions))]
internal sealed partial class DashboardJsonContext : JsonSerializerContext;

/// <summary>How documents are read and written: by the types of the kinds that are registered.</summary>
internal static class DashboardJson
{
    private static (ImmutableArray<WidgetKind> Kinds, JsonSerializerOptions Options)? _built;
    private static readonly Lock Gate = new();

    public static JsonSerializerOptions Options
    {
        get
        {
            var kinds = WidgetKinds.All;
            lock (Gate)
            {
                if (_built is not { } built || built.Kinds != kinds) _built = built = (kinds, Build(kinds));
                return built.Options;
            }
        }
    }

    public static byte[] Serialize(DashboardShape shape)
    {
        var options = Options;
        return JsonSerializer.SerializeToUtf8Bytes(shape, (JsonTypeInfo<DashboardShape>)options.GetTypeInfo(typeof(DashboardShape)));
    }

    /// <summary>The properties that the document has of these options.</summary>
    /// <exception cref="InvalidOperationException">Their kind is not registered.</exception>
    public static JsonTypeInfo TypeOf(WidgetOptions options) => WidgetKinds.Find(options.Kind)?.Options == options.GetType()
        ? Options.GetTypeInfo(options.GetType())
        : throw new InvalidOperationException(
            $"Kind '{options.Kind}' of widget '{options.Id}' is not registered for {options.GetType().Name}. Call WidgetKinds.Register<{options.GetType().Name}>(\"{options.Kind}\", …) first.");

    /// <summary>A widget by itself, as the document has it.</summary>
    public static string Text(WidgetOptions widget) => JsonSerializer.Serialize(widget, Options.GetTypeInfo(typeof(WidgetOptions)));

    /// <summary>Name of the option in C#.</summary>
    public static string OptionOf(JsonPropertyInfo property) => (property.AttributeProvider as System.Reflection.MemberInfo)?.Name ?? property.Name;

    public static TAttribute? Declared<TAttribute>(this JsonPropertyInfo property)
        where TAttribute : Attribute =>
        property.AttributeProvider?.GetCustomAttributes(typeof(TAttribute), inherit: true) is [TAttribute declared, ..] ? declared : null;

    private static JsonSerializerOptions Build(ImmutableArray<WidgetKind> kinds)
    {
        var types = JsonTypeInfoResolver.Combine([DashboardJsonContext.Default, .. kinds.Select(kind => kind.Types).OfType<IJsonTypeInfoResolver>()]);
        return new JsonSerializerOptions(DashboardJsonContext.Default.Options)
        {
            TypeInfoResolver = types.WithAddedModifier(OmitDefaults).WithAddedModifier(type => AddKinds(type, kinds)),
            // It is served as JSON and never pasted into a page; escaping every "µ" would only make it harder to read.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new DurationText(), new LowerCaseEnum<Aggregation>(), new LowerCaseEnum<LogSeverity>(), new LowerCaseEnum<ColumnType>() },
        };
    }

    private static void AddKinds(JsonTypeInfo type, ImmutableArray<WidgetKind> kinds)
    {
        if (type.Type != typeof(WidgetOptions)) return;
        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "kind" };
        foreach (var kind in kinds) type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(kind.Options, kind.Name));
    }

    /// <summary>Leaves out what has the default it is declared with, and widgets' empty lists.</summary>
    private static void OmitDefaults(JsonTypeInfo type)
    {
        // The kind is the discriminator; that a property is left out is not inherited by those that override it.
        if (typeof(WidgetOptions).IsAssignableFrom(type.Type) && type.Properties.FirstOrDefault(property => property.Name == "kind") is { } kind) type.Properties.Remove(kind);
        foreach (var property in type.Properties)
        {
            if (property.Declared<DefaultValueAttribute>() is { } declared)
            {
                property.ShouldSerialize = (_, value) => !Equals(value, declared.Value);
            }
            else if (typeof(WidgetOptions).IsAssignableFrom(type.Type) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType) && property.PropertyType != typeof(string))
            {
                property.ShouldSerialize = (_, value) => value is ICollection { Count: > 0 };
            }
        }
    }
}
