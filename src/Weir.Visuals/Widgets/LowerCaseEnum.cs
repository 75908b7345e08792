using System.Text.Json;
using System.Text.Json.Serialization;

namespace Weir.Visuals.Widgets;

/// <summary>Names of an enum in lower case, as the wire has them.</summary>
internal sealed class LowerCaseEnum<TEnum> : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException($"a name is needed: {Allowed}");
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (NameOf(value) == text) return value;
        }
        throw new JsonException($"'{text}' is none of {Allowed}");
    }

    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => writer.WriteStringValue(NameOf(value));

    private static string Allowed => string.Join(", ", Enum.GetValues<TEnum>().Select(NameOf));

    private static string NameOf(TEnum value) => value.ToString().ToLowerInvariant();
}
