using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Weir.Visuals.Dashboards;
using Weir.Visuals.Widgets;

namespace Weir.Tests.Visuals.Dashboards;

/// <summary>Makes the reference page and the browser's types from the schema and the comments of the records.</summary>
internal static partial class WidgetReference
{
    // Declared: the record that has it, that of the kind or one that several kinds share.
    internal sealed record Option(string Kind, string Name, JsonObject Schema, string Description, Type Declared);

    private static readonly Dictionary<string, string> Comments = XDocument.Load(Path.ChangeExtension(typeof(WidgetOptions).Assembly.Location, ".xml"))
        .Descendants("member")
        .ToDictionary(member => (string)member.Attribute("name")!, member => PlainText(member.Element("summary")));

    /// <summary>The schema without the kinds that tests register.</summary>
    public static JsonObject Schema()
    {
        var schema = DashboardSchema.Create();
        var widgets = WidgetsOf(schema);
        foreach (var other in widgets.Where(widget => WidgetKinds.Find((string)widget!["properties"]!["kind"]!["const"]!)!.Script is not null).ToArray()) widgets.Remove(other);
        return schema;
    }

    private static JsonArray WidgetsOf(JsonObject schema) => (JsonArray)schema["properties"]!["widgets"]!["additionalProperties"]!["anyOf"]!;

    public static IEnumerable<Option> Options()
    {
        var root = Schema();
        var widgets = WidgetsOf(root);
        foreach (var schema in widgets.OfType<JsonObject>())
        {
            var properties = (JsonObject)schema["properties"]!;
            var kind = WidgetKinds.Find((string)properties["kind"]!["const"]!)!;
            foreach (var (name, node) in properties)
            {
                if (name is not "kind" && node is JsonObject option) yield return OptionOf(kind, name, (JsonObject)Resolved(option, root));
            }
        }
    }

    /// <summary>A copy in which the parts that the schema only refers to stand themselves.</summary>
    private static JsonNode Resolved(JsonNode node, JsonObject root)
    {
        if (node is JsonArray list) return new JsonArray([.. list.Select(item => item is null ? null : Resolved(item, root))]);
        if (node is not JsonObject json) return node.DeepClone();
        if (json["$ref"] is { } reference)
        {
            JsonNode target = root;
            foreach (var step in ((string)reference!).Split('/').Skip(1)) target = target is JsonArray array ? array[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : target[step]!;
            return Resolved(target, root);
        }
        var copy = new JsonObject();
        foreach (var (name, child) in json) copy[name] = child is null ? null : Resolved(child, root);
        return copy;
    }

    public static string Markdown()
    {
        var page = new StringBuilder("# Widgets\n\nEvery kind and every option, as documents write them; made from the code. In C# an option has the same name with a capital letter.\n");
        foreach (var kind in Options().GroupBy(option => option.Kind))
        {
            var type = WidgetKinds.Find(kind.Key)!.Options;
            page.Append($"\n## {kind.Key}\n\n{Comments.GetValueOrDefault($"T:{type.FullName}")} In C#: `{type.Name}`.\n\n| Option | Type | Default | Allowed | What it does |\n|---|---|---|---|---|\n");
            foreach (var option in kind)
            {
                page.Append($"| `{option.Name}` | {TypeOf(option.Schema)} | {(option.Schema["default"] is { } value ? $"`{value.ToJsonString()}`" : "")} | {Allowed(option.Schema)} | {option.Description.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
            }
        }
        return page.ToString();
    }

    public static string TypeScript()
    {
        var code = new StringBuilder("/** Made from the kinds of widgets in C#; WEIR_ACCEPT=1 makes it anew. */\n");
        var options = Options().ToList();
        var kinds = options.Select(option => WidgetKinds.Find(option.Kind)!).Distinct().ToList();
        var written = new HashSet<Type>();
        foreach (var kind in kinds) Write(kind.Options);
        code.Append($"\nexport type KnownWidget =\n  | {string.Join("\n  | ", kinds.Select(kind => kind.Options.Name))};\n");
        return code.ToString();

        void Write(Type type)
        {
            if (!written.Add(type)) return;
            var isRoot = type == typeof(WidgetOptions);
            if (!isRoot) Write(type.BaseType!);
            var kind = kinds.Find(kind => kind.Options == type);
            code.Append($"\n/** {Comments.GetValueOrDefault($"T:{type.FullName}")} */\nexport interface {type.Name}{(isRoot ? "" : $" extends {type.BaseType!.Name}")} {{\n");
            if (kind is not null || isRoot) code.Append($"  readonly kind: {(kind is null ? "string" : $"'{kind.Name}'")};\n");
            foreach (var option in options.Where(option => option.Declared == type).DistinctBy(option => option.Name))
            {
                code.Append($"  /** {option.Description} */\n  readonly {option.Name}{(option.Name == "id" ? "" : "?")}: {Script(option.Schema)};\n");
            }
            code.Append("}\n");
        }
    }

    private static Option OptionOf(WidgetKind kind, string name, JsonObject schema)
    {
        for (var declaring = kind.Options; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (var property in declaring.GetProperties(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.DeclaredOnly))
            {
                var written = property.GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonPropertyNameAttribute), false) is [System.Text.Json.Serialization.JsonPropertyNameAttribute given, ..] ? given.Name : property.Name;
                if (!written.Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
                return new(kind.Name, name, schema, Comments.GetValueOrDefault($"P:{declaring.FullName}.{property.Name}", ""), declaring);
            }
        }
        throw new InvalidOperationException($"No record of {kind.Name} has {name}.");
    }

    private static string PlainText(XElement? element)
    {
        if (element is null) return "";
        var text = string.Concat(element.Nodes().Select(node => node switch
        {
            XText plain => plain.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement reference => $"`{((string?)reference.Attribute("cref") ?? reference.Value).Split('.')[^1]}`",
            _ => "",
        }));
        return Spaces().Replace(text, " ").Trim();
    }

    private static string TypeOf(JsonObject schema) => schema switch
    {
        _ when schema["enum"] is not null => "name",
        _ when schema["type"] is JsonArray types => (string)types[0]!,
        _ when schema["type"] is { } type => (string)type!,
        _ => "object",
    };

    private static string Allowed(JsonObject schema)
    {
        if (schema["enum"] is JsonArray names) return string.Join(", ", names.Where(name => name is not null).Select(name => $"`{name}`"));
        if (schema["minimum"] is { } minimum) return schema["maximum"] is { } maximum ? $"{minimum} to {maximum}" : $"{minimum} or more";
        return schema["maxLength"] is { } length ? $"1 to {length} characters" : "";
    }

    private static string Script(JsonObject schema)
    {
        if (schema["enum"] is JsonArray names) return string.Join(" | ", names.Where(name => name is not null).Select(name => $"'{name}'"));
        if (schema["$ref"] is not null) return "unknown";
        switch (TypeOf(schema))
        {
            case "integer" or "number":
                return "number";
            case "string":
                return "string";
            case "boolean":
                return "boolean";
            case "array":
                var item = Script((JsonObject)schema["items"]!);
                return item.Contains('|') ? $"readonly ({item})[]" : $"readonly {item}[]";
            default:
                var required = schema["required"] as JsonArray ?? [];
                return schema["properties"] is JsonObject properties
                    ? $"{{ {string.Join("; ", properties.Select(property => $"readonly {property.Key}{(required.Any(name => (string?)name == property.Key) ? "" : "?")}: {Script((JsonObject)property.Value!)}"))} }}"
                    : "unknown";
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
