using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weir.Tests.Visuals.Dashboards;

/// <summary>For each option of each kind a value that is not its default; what goes through all options takes them from here.</summary>
internal static class OptionSamples
{
    /// <param name="Kind">Name of the kind.</param>
    /// <param name="Name">As the document writes it.</param>
    /// <param name="Base">Options without which this one has no meaning.</param>
    /// <param name="Value">A value that is allowed beside them.</param>
    public sealed record Sample(string Kind, string Name, JsonObject Base, JsonNode Value)
    {
        public JsonObject WithValue()
        {
            var all = (JsonObject)Base.DeepClone();
            all[Name] = Value.DeepClone();
            return all;
        }
    }

    public static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where the type of an option says too little.</summary>
    private static readonly Dictionary<string, string> Values = new()
    {
        ["queries"] = """["other"]""",
        ["thresholds"] = """[{"value":5,"severity":"critical"}]""",
        ["axis"] = """{"label":"Load","min":1,"max":900,"log":true}""",
        ["columns"] = """[{"name":"a","type":"number","title":"A","unit":"ms"}]""",
        ["color"] = "\"#ff0000\"",
        ["unit"] = "\"ms\"",
        ["format"] = "\"N2\"",
        ["window"] = "\"10s\"",
        ["slide"] = "\"5s\"",
        ["aggregation"] = "\"max\"",
        ["quantile"] = "0.9",
        ["sort"] = "\"a\"",
        ["key"] = "\"a\"",
        ["legendLabel"] = "\"host\"",
        ["legendTemplate"] = "\"on {{host}}\"",
    };

    private static readonly Dictionary<string, string> Bases = new()
    {
        ["slide"] = """{"window":"10s"}""",
        ["aggregation"] = """{"window":"10s"}""",
        ["quantile"] = """{"window":"10s","aggregation":"quantile","quantile":0.5}""",
        ["descending"] = """{"sort":"a"}""",
    };

    public static IEnumerable<Sample> All() =>
        from option in WidgetReference.Options()
        where option.Name != "id"
        select new Sample(option.Kind, option.Name, (JsonObject)JsonNode.Parse(Bases.GetValueOrDefault(option.Name, "{}"))!, ValueOf(option));

    private static JsonNode ValueOf(WidgetReference.Option option)
    {
        if (Values.TryGetValue(option.Name, out var given)) return JsonNode.Parse(given)!;
        var schema = option.Schema;
        if (schema["enum"] is JsonArray names) return names.Last(name => name is not null && name.ToJsonString() != schema["default"]?.ToJsonString())!.DeepClone();
        switch (schema["type"] is JsonArray types ? (string)types[0]! : (string)schema["type"]!)
        {
            case "boolean":
                return !((bool?)schema["default"] ?? false);
            case "string":
                return $"other {option.Name}";
            default:
                var value = ((double?)schema["default"] ?? 0) + 7;
                return value <= ((double?)schema["maximum"] ?? double.MaxValue) ? (int)value : (int)(value - 14);
        }
    }
}
