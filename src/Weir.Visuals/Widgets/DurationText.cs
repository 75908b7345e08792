using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Engine.Time;

namespace Weir.Visuals.Widgets;

/// <summary>Durations as text, such as <c>10s</c>.</summary>
internal sealed class DurationText : JsonConverter<Duration>
{
    public override Duration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return Duration.TryParse(text, out var duration) ? duration : throw new JsonException($"'{text}' is no duration; write one such as 10s, 5m or 1h");
    }

    public override void Write(Utf8JsonWriter writer, Duration value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
