using Weir.Engine.Time;
using System.Text.Json;
using Weir.Engine.Series;

namespace Weir.Connectors.Text;

/// <summary>JSON lines: an object a line. Numbers are series by dotted path, texts may be labels, true is 1 and false 0; arrays are left out.</summary>
internal sealed class JsonFormat(LabelRule labels) : LineFormat
{
    internal static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowTrailingCommas = true };

    private int _fields;

    public override string Description => _fields == 1 ? "JSON lines: 1 number" : $"JSON lines: {_fields} numbers";

    public override LineResult Read(string line, LineValues into)
    {
        var text = line.AsSpan().Trim();
        // Asked first because the parser answers with an exception.
        if (text.Length < 2 || !(text[0] == '{' && text[^1] == '}') && !(text[0] == '[' && text[^1] == ']')) return LineResult.NotUnderstood;
        try
        {
            using var document = JsonDocument.Parse(line, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object) ReadObject(document.RootElement, "", into);
            else ReadNumbers(document.RootElement, into);
        }
        catch (JsonException)
        {
            return LineResult.NotUnderstood;
        }
        if (into.Values.Count + into.Gaps.Count == 0) return LineResult.NotUnderstood;
        _fields = Math.Max(_fields, into.Values.Count);
        return LineResult.Values;
    }

    private void ReadObject(JsonElement element, string path, LineValues into)
    {
        foreach (var property in element.EnumerateObject())
        {
            var name = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            var value = property.Value;
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    ReadObject(value, name, into);
                    break;
                case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                    ReadNumber(name, value, into);
                    break;
                case JsonValueKind.Null:
                    into.AddGap(name);
                    break;
                case JsonValueKind.String:
                    ReadText(name, value.GetString()!, into);
                    break;
            }
        }
    }

    private void ReadNumber(string name, JsonElement value, LineValues into)
    {
        var number = value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var parsed) ? parsed : value.ValueKind == JsonValueKind.True ? 1 : 0;
        if (!double.IsFinite(number)) return;
        if (into.Time is null && into.IsTimeName(name) && EventTime.TryFromNumber(number, out var time)) into.Time = time;
        else if (labels.IsChosen(name)) into.AddField(name, value.ToString(), labels);
        else into.Add(name, new Quantity(number, null));
    }

    private void ReadText(string name, string text, LineValues into)
    {
        // Digits with a zero before them, and more than a double holds, are the number of a thing and no measurement.
        if (text.Length > 1 && text.All(char.IsAsciiDigit) && (text[0] == '0' || text.Length > 15) && !into.IsTimeName(name))
        {
            if (into.Texts.Count < SeriesKey.LabelsMax) into.Texts.Add(new(name, text));
        }
        else if (text.Length > 0)
        {
            into.AddField(name, text, labels);
        }
    }

    private static void ReadNumbers(JsonElement array, LineValues into)
    {
        var names = CsvFormat.Numbered(Math.Min(array.GetArrayLength(), LineValues.ValuesMax), isTimed: false);
        var i = 0;
        foreach (var item in array.EnumerateArray())
        {
            if (i == names.Length) return;
            if (item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out var number)) into.Add(names[i], new Quantity(number, null));
            else if (item.ValueKind == JsonValueKind.Null) into.AddGap(names[i]);
            i++;
        }
    }
}
