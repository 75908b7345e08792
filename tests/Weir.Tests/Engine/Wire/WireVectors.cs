using System.Globalization;
using System.Text.Json;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Wire;

/// <summary>The golden bytes that C# and TypeScript share: <c>NAME.hex</c> holds a message, <c>NAME.json</c> what it says or why it is refused.</summary>
internal static class WireVectors
{
    private const string Folder = "tests/golden/wire";

    public static TheoryData<string> Names => new(Repository.Files(Folder).Where(f => f.EndsWith(".hex", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f)!));

    public static byte[] Bytes(string name)
    {
        var digits = Repository.Read($"{Folder}/{name}.hex").Split('\n').Select(line => line.Split('#')[0]);
        return Convert.FromHexString(string.Concat(digits.SelectMany(d => d).Where(c => !char.IsWhiteSpace(c))));
    }

    public static JsonElement Meaning(string name) => JsonDocument.Parse(Repository.Read($"{Folder}/{name}.json")).RootElement;

    /// <summary>A number, or text for what JSON has no number for: big integers, NaN, ±Inf.</summary>
    public static double Double(JsonElement element) => element.ValueKind == JsonValueKind.Number ? element.GetDouble() : element.GetString() switch
    {
        "NaN" => double.NaN,
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        var other => double.Parse(other!, CultureInfo.InvariantCulture),
    };

    public static long Long(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number ? element.GetInt64() : long.Parse(element.GetString()!, CultureInfo.InvariantCulture);

    public static ulong ULong(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number ? element.GetUInt64() : ulong.Parse(element.GetString()!, CultureInfo.InvariantCulture);
}
