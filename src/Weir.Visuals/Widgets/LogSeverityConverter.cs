using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Engine.Tables;

namespace Weir.Visuals.Widgets;

/// <summary>Levels in lower case, as the rows of a log have them.</summary>
internal sealed class LogSeverityConverter : JsonConverter<LogSeverity>
{
    public override LogSeverity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Enum.TryParse<LogSeverity>(reader.GetString(), ignoreCase: true, out var severity) && Enum.IsDefined(severity)
            ? severity
            : throw new JsonException($"'{reader.GetString()}' is not a level. Allowed are {string.Join(", ", Enum.GetNames<LogSeverity>()).ToLowerInvariant()}.");

    public override void Write(Utf8JsonWriter writer, LogSeverity value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString().ToLowerInvariant());
}
