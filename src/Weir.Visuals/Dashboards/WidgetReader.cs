using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Weir.Engine;
using Weir.Visuals.Widgets;

namespace Weir.Visuals.Dashboards;

/// <summary>Reads one widget: options that are not known or not allowed are said and left out.</summary>
internal static class WidgetReader
{
    /// <param name="id">Name it has in the document.</param>
    /// <param name="json">Its options; changed while it is read.</param>
    /// <param name="complain">Takes the option (empty for the widget) and what is wrong.</param>
    public static WidgetOptions? Read(string id, JsonObject json, Action<string, string> complain)
    {
        var name = json["kind"] is JsonValue given && given.TryGetValue<string>(out var text) ? text : "";
        if (WidgetKinds.Find(name) is not { } kind)
        {
            var names = WidgetKinds.All.Select(known => known.Name).ToArray();
            complain("kind", $"widget '{id}' is of kind '{name}', which is not known. Kinds are {string.Join(", ", names)}{Spelling.Suggest(name, names)}");
            return null;
        }
        json.Remove("kind");
        var type = DashboardJson.Options.GetTypeInfo(kind.Options);
        RemoveUnreadable(id, json, type, complain);
        if (json["id"] is { } own && (string?)own != id) complain("id", $"widget '{id}' has the id '{own}'; the name it stands under counts");
        json["id"] = id;
        AddDefaults(json, type);
        // Each turn leaves out one option that is refused.
        for (var turns = json.Count; turns >= 0; turns--)
        {
            try
            {
                var widget = (WidgetOptions)json.Deserialize(type)!;
                OptionRules.Check(widget);
                return widget;
            }
            catch (Exception e) when (e is ArgumentException or JsonException or InvalidOperationException)
            {
                var option = (e as ArgumentException)?.ParamName is { } parameter ? JsonNamingPolicy.CamelCase.ConvertName(parameter) : "";
                // Some options are written inside another one.
                if (option.Length > 0 && !json.ContainsKey(option)) option = option is "warning" or "critical" ? "thresholds" : "axis";
                complain(json.ContainsKey(option) ? option : "", e.Message);
                if (option == "id" || !json.Remove(option)) return null;
                AddDefaults(json, type);
            }
        }
        return null;
    }

    private static void RemoveUnreadable(string id, JsonObject json, JsonTypeInfo type, Action<string, string> complain)
    {
        var options = type.Properties.Where(property => property.Get is not null).ToDictionary(property => property.Name);
        foreach (var (name, node) in json.ToArray())
        {
            try
            {
                if (!options.TryGetValue(name, out var option))
                {
                    throw new JsonException($"widget '{id}' has no option '{name}'. Options are {string.Join(", ", options.Keys)}{Spelling.Suggest(name, options.Keys)}");
                }
                if (node is null) json.Remove(name);
                else node.Deserialize(DashboardJson.Options.GetTypeInfo(option.PropertyType));
            }
            catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
            {
                complain(name, options.ContainsKey(name) ? $"{name} of widget '{id}' is not understood: {e.Message}" : e.Message);
                json.Remove(name);
            }
        }
    }

    /// <summary>Generated readers do not run the initializers of properties that can only be set at the beginning.</summary>
    private static void AddDefaults(JsonObject json, JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.Get is null || json.ContainsKey(property.Name)) continue;
            if (property.Declared<DefaultValueAttribute>() is { Value: { } value })
            {
                json[property.Name] = JsonSerializer.SerializeToNode(value, DashboardJson.Options.GetTypeInfo(property.PropertyType));
            }
            else if (property.PropertyType == typeof(IReadOnlyList<string>)) json[property.Name] = new JsonArray();
        }
    }
}
