using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Weir.Engine.Tables;
using Weir.Engine.Time;
using Weir.Engine.Windows;

namespace Weir.Visuals.Dashboards;

/// <summary>The JSON schema of the dashboard document, made from the options of every kind that is registered.</summary>
public static class DashboardSchema
{
    /// <summary>The schema, draft 2020-12.</summary>
    public static JsonObject Create()
    {
        var schema = (JsonObject)DashboardJson.Options.GetJsonSchemaAsNode(
            typeof(DashboardShape), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Complete });
        ShareDefinition(schema, "place", "pages", "items", "properties", "root");
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return schema;
    }

    /// <summary>Gives the part at this path a name of its own: it contains itself, and references by path are hard to read.</summary>
    private static void ShareDefinition(JsonObject schema, string name, params ReadOnlySpan<string> path)
    {
        var pointer = "#/properties";
        var parent = (JsonObject)schema["properties"]!;
        foreach (var step in path[..^1])
        {
            parent = (JsonObject)parent[step]!;
            pointer += "/" + step;
        }
        var shared = parent[path[^1]]!;
        parent[path[^1]] = new JsonObject { ["$ref"] = $"#/$defs/{name}" };
        schema["$defs"] = new JsonObject { [name] = shared };
        Redirect(schema, $"{pointer}/{path[^1]}", $"#/$defs/{name}");
    }

    private static void Redirect(JsonNode? node, string from, string to)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list) Redirect(item, from, to);
        }
        if (node is not JsonObject json) return;
        if (json["$ref"] is { } reference && (string)reference! is { } target && (target == from || target.StartsWith(from + "/", StringComparison.Ordinal)))
        {
            json["$ref"] = to + target[from.Length..];
        }
        foreach (var (_, child) in json) Redirect(child, from, to);
    }

    private static JsonNode Complete(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(Duration)) return new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9.]+(ns|us|µs|ms|s|m|h|d)" };
        if (NamesOf(type) is { } names) return new JsonObject { ["enum"] = names };
        if (node is not JsonObject schema) return node;
        if (context.PropertyInfo is { } property) Declare(property, schema);
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object && schema["properties"] is JsonObject properties)
        {
            schema["additionalProperties"] = false;
            // What may be null is left out when it is, also where the record's constructor wants it.
            (schema["required"] as JsonArray)?.RemoveAll(name => properties[(string)name!]?["type"] is JsonArray types && types.Any(type => (string?)type == "null"));
            // The exporter does not ask about a parameter that has a default.
            foreach (var option in context.TypeInfo.Properties)
            {
                if (properties[option.Name] is JsonObject given && !given.ContainsKey("enum") && NamesOf(option.PropertyType) is { } allowed) given["enum"] = allowed;
            }
        }
        return schema;
    }

    /// <summary>Names of the enums that converters of Weir write; null for any other type.</summary>
    private static JsonArray? NamesOf(Type type) => type == typeof(Aggregation) || type == typeof(LogSeverity) || type == typeof(ColumnType)
        ? new JsonArray([.. Enum.GetNames(type).Select(name => (JsonNode)name.ToLowerInvariant())])
        : null;

    private static void Declare(JsonPropertyInfo property, JsonObject schema)
    {
        if (property.Declared<RangeAttribute>() is { } range)
        {
            schema["minimum"] = Number(range.Minimum);
            if (range.Maximum is not int.MaxValue) schema["maximum"] = Number(range.Maximum);
        }
        if (property.Declared<StringLengthAttribute>() is { } length) (schema["minLength"], schema["maxLength"]) = (length.MinimumLength, length.MaximumLength);
        if (property.Declared<DefaultValueAttribute>()?.Value is { } value) schema["default"] = value switch
        {
            bool flag => flag,
            string text => text,
            Enum choice => choice.ToString().ToLowerInvariant(),
            _ => Number(value),
        };
    }

    private static JsonNode Number(object value) => value is int whole ? whole : Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture);
}
