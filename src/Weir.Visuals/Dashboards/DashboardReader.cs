using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Engine;
using Weir.Engine.Time;
using Weir.Visuals.Themes;

namespace Weir.Visuals.Dashboards;

/// <summary>
/// Reads dashboard documents. Whatever is wrong is said, with its place, and left out; the rest is kept. A document of a newer schema is read the
/// same way: what this version does not know is a problem each, never an error of the whole.
/// </summary>
public sealed class DashboardReader
{
    /// <summary>Bytes that a document may have.</summary>
    public const int BytesMax = 16 << 20;

    private const int Schema = 1;
    private static readonly string[] Known = ["schema", "id", "title", "theme", "range", "logo", "version", "pages", "widgets"];
    private static readonly string[] Places = ["widget", "grid", "columns", "column", "row", "tabs", "tab", "expander"];

    private readonly JsonPositions _positions;
    private readonly List<DashboardProblem> _problems = [];
    private readonly Dictionary<string, WidgetOptions> _widgets = [];
    private readonly HashSet<string> _placed = [];
    private DashboardDocument _document = null!;

    private DashboardReader(JsonPositions positions) => _positions = positions;

    /// <summary>Reads a document from JSON in UTF-8. Never throws for what it reads.</summary>
    public static DashboardReading Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) utf8 = utf8[3..];
        if (utf8.Length > BytesMax) return Refused(1, 1, $"the document has {utf8.Length} bytes; up to {BytesMax} are read");
        try
        {
            var positions = new JsonPositions(utf8);
            if (JsonNode.Parse(utf8) is not JsonObject root) return Refused(1, 1, "a document is a JSON object, as in {\"schema\": 1, \"id\": \"main\", …}");
            return new DashboardReader(positions).ReadDocument(root);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // An ArgumentException is a name given twice in one object.
            return e is JsonException { LineNumber: { } line, BytePositionInLine: { } column }
                ? Refused((int)line + 1, (int)column + 1, $"this is no JSON: {e.Message}")
                : Refused(1, 1, $"this is no JSON: {e.Message}");
        }
    }

    private static DashboardReading Refused(int line, int column, string message) => new(null, [new(line, column, message)]);

    private DashboardReading ReadDocument(JsonObject root)
    {
        foreach (var (name, _) in root)
        {
            if (!Known.Contains(name)) Complain(name, $"a document has no '{name}'. It has {string.Join(", ", Known)}{Spelling.Suggest(name, Known)}");
        }
        if (Number(root, "schema") is { } schema && schema != Schema) Complain("schema", $"the document is of schema {schema}; this version knows {Schema} and reads of it what it knows");
        if (Text(root, "", "id") is not { } id)
        {
            Complain("", "the document has no id; give it one such as \"main\"");
            return new(null, _problems);
        }
        if (!Try("id", () => _document = new DashboardDocument(id))) return new(null, _problems);
        if (Text(root, "", "title") is { } title) Try("title", () => _document.Title = title);
        if (Text(root, "", "logo") is { } logo) Try("logo", () => _document.Logo = logo);
        if (Text(root, "", "theme") is { } theme) Try("theme", () => _document.Theme = ThemeOf(theme));
        if (Number(root, "range") is { } range) Try("range", () => _document.Range = Duration.FromNanoseconds((long)(range * 1e6)));
        if (Object(root, "", "widgets") is { } widgets) ReadWidgets(widgets);
        ReadPages(root);
        foreach (var (name, widget) in _widgets)
        {
            if (_placed.Contains(name)) continue;
            Complain($"widgets.{name}", $"widget '{name}' stands on no page; it goes to the end of the first");
            Try($"widgets.{name}", () => _document.AddWidget(widget, _document.Pages[0].Root));
        }
        return new(_document, _problems);
    }

    private static Theme ThemeOf(string text) => text switch
    {
        "auto" => Theme.Auto,
        "dark" => Theme.Dark,
        "light" => Theme.Light,
        _ => throw new ArgumentException($"theme is '{text}'; allowed is auto, dark, light{Spelling.Suggest(text, ["auto", "dark", "light"])}"),
    };

    private void ReadWidgets(JsonObject widgets)
    {
        foreach (var (name, node) in widgets)
        {
            var path = $"widgets.{name}";
            if (node is not JsonObject json) Complain(path, $"widget '{name}' is not an object");
            else if (WidgetReader.Read(name, json, (at, message) => Complain(at.Length == 0 ? path : $"{path}.{at}", message)) is { } widget) _widgets[name] = widget;
        }
    }

    private void ReadPages(JsonObject root)
    {
        if (!root.TryGetPropertyValue("pages", out var node)) return;
        if (node is not JsonArray pages)
        {
            Complain("pages", "pages are a list");
            return;
        }
        for (var i = 0; i < pages.Count; i++)
        {
            var path = $"pages.{i}";
            if (pages[i] is not JsonObject json || Text(json, path, "id") is not { Length: > 0 } id)
            {
                Complain(path, "a page is an object with an id, a title and a root");
                continue;
            }
            if (i > 0 && _document.FindPage(id) is not null) Complain(path, $"there is a page '{id}' already; their contents stand on one page");
            Page? page = null;
            // The first page is there from the start, under another name perhaps.
            if (!Try(path, () => page = i == 0 ? _document.ResetPages(id, Text(json, path, "title") ?? id) : _document.AddPage(id, Text(json, path, "title") ?? id))) continue;
            if (Object(json, path, "root") is { } grid) ReadChildren(grid, page!.Root, $"{path}.root");
        }
    }

    private void ReadChildren(JsonObject parent, Container container, string path)
    {
        if (!parent.TryGetPropertyValue("children", out var node)) return;
        if (node is not JsonArray children)
        {
            Complain($"{path}.children", "children are a list");
            return;
        }
        for (var i = 0; i < children.Count; i++)
        {
            var at = $"{path}.children.{i}";
            if (children[i] is JsonObject child) ReadPlace(child, container, at);
            else Complain(at, "a place is an object with a type, such as {\"type\": \"widget\", \"widget\": \"cpu\"}");
        }
    }

    private void ReadPlace(JsonObject json, Container parent, string path)
    {
        var type = Text(json, path, "type") ?? "";
        if (type == "widget")
        {
            PlaceWidget(Text(json, path, "widget") ?? "", parent, path);
            return;
        }
        Container? container = null;
        var title = Text(json, path, "title") ?? "";
        var made = Try(path, () => container = type switch
        {
            "grid" => new GridContainer(),
            "columns" => new ColumnsContainer(Weights(json)),
            "column" => new ColumnContainer(),
            "row" => new RowContainer(),
            "tabs" => new TabsContainer(),
            "tab" => new TabContainer(title),
            "expander" => new ExpanderContainer(title, json["expanded"] is not JsonValue value || !value.TryGetValue<bool>(out var expanded) || expanded),
            _ => throw new ArgumentException($"there is no place of type '{type}'. There are {string.Join(", ", Places)}{Spelling.Suggest(type, Places)}"),
        });
        // What stands in a container that is not known is kept, where the container would have stood.
        ReadChildren(json, made ? _document.AddContainer(container!, parent) : parent, path);
    }

    private static double[] Weights(JsonObject json) => json["weights"] is JsonArray weights
        ? [.. weights.Select(weight => weight is JsonValue value && value.TryGetValue<double>(out var number) ? number : double.NaN)]
        : throw new ArgumentException("columns have weights, one a column, such as [2, 1]");

    private void PlaceWidget(string id, Container parent, string path)
    {
        if (!_widgets.TryGetValue(id, out var widget))
        {
            Complain($"{path}.widget", $"there is no widget '{id}'{Spelling.Suggest(id, _widgets.Keys)}");
            return;
        }
        if (_placed.Add(id)) Try(path, () => _document.AddWidget(widget, parent));
        else Complain($"{path}.widget", $"widget '{id}' stands on the page already; it is shown there only");
    }

    private string? Text(JsonObject json, string path, string name)
    {
        if (!json.TryGetPropertyValue(name, out var node) || node is null) return null;
        if (node is JsonValue value && value.TryGetValue<string>(out var text)) return text;
        Complain(JsonPositions.Join(path, name), $"{name} is text");
        return null;
    }

    private double? Number(JsonObject json, string name)
    {
        if (!json.TryGetPropertyValue(name, out var node) || node is null) return null;
        if (node is JsonValue value && value.TryGetValue<double>(out var number) && double.IsFinite(number)) return number;
        Complain(name, $"{name} is a number");
        return null;
    }

    private JsonObject? Object(JsonObject json, string path, string name)
    {
        if (!json.TryGetPropertyValue(name, out var node) || node is null) return null;
        if (node is JsonObject found) return found;
        Complain(JsonPositions.Join(path, name), $"{name} is an object");
        return null;
    }

    private bool Try(string path, Action set)
    {
        try
        {
            set();
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            Complain(path, e.Message);
            return false;
        }
    }

    private void Complain(string path, string message)
    {
        var (line, column) = _positions.Of(path);
        _problems.Add(new(line, column, message));
    }
}
