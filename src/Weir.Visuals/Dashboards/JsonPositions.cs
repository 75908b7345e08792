using System.Text.Json;

namespace Weir.Visuals.Dashboards;

/// <summary>Where the parts of a JSON text stand, by path such as <c>widgets.cpu.span</c>. Lines and columns count from 1, columns in bytes.</summary>
internal sealed class JsonPositions
{
    private readonly Dictionary<string, (int Line, int Column)> _byPath = [];

    /// <exception cref="JsonException">It is no JSON.</exception>
    public JsonPositions(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        var open = new Stack<(string Path, int Index)>();
        var (name, line, lineStart, scanned) = ("", 1, 0, 0);
        while (reader.Read())
        {
            for (var start = (int)reader.TokenStartIndex; scanned < start; scanned++)
            {
                if (utf8[scanned] == '\n') (line, lineStart) = (line + 1, scanned + 1);
            }
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    // Complaints about a property point at its name.
                    _byPath.TryAdd(Join(open.Peek().Path, name), (line, scanned - lineStart + 1));
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    continue;
            }
            var path = "";
            if (open.TryPop(out var parent))
            {
                path = parent.Index < 0 ? Join(parent.Path, name) : Join(parent.Path, parent.Index.ToString(System.Globalization.CultureInfo.InvariantCulture));
                open.Push(parent.Index < 0 ? parent : (parent.Path, parent.Index + 1));
            }
            _byPath.TryAdd(path, (line, scanned - lineStart + 1));
            if (reader.TokenType == JsonTokenType.StartObject) open.Push((path, -1));
            else if (reader.TokenType == JsonTokenType.StartArray) open.Push((path, 0));
        }
    }

    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    public (int Line, int Column) Of(string path) => _byPath.GetValueOrDefault(path, (1, 1));
}
