using System.Text.Json;

namespace Weir.Connectors.Text;

/// <summary>
/// Puts JSON that was printed over several lines together, and takes an array of objects apart, so that each object is one line. What turns out to
/// be no JSON is handed on as it came.
/// </summary>
internal sealed class JsonAssembly(Action<string> take)
{
    /// <summary>Lines, and characters of them, that are waited for at most.</summary>
    public const int LinesMax = 2000;
    public const int LengthMax = 65_536;

    private readonly List<string> _lines = [];
    private int _depth;
    private int _length;

    public void Add(string line)
    {
        var text = line.AsSpan().Trim();
        if (_lines.Count == 0 && !IsBeginning(text))
        {
            Pass(line);
            return;
        }
        if (_lines.Count > 0 && !IsContinuation(text))
        {
            Release();
            Add(line);
            return;
        }
        _lines.Add(line);
        _length += line.Length;
        _depth += DepthOf(text);
        if (_depth <= 0) Finish();
        else if (_lines.Count >= LinesMax || _length > LengthMax) Release();
    }

    /// <summary>Hands on what waits, line by line.</summary>
    public void Release()
    {
        var lines = _lines.ToArray();
        Clear();
        foreach (var line in lines) take(line);
    }

    private void Finish()
    {
        var whole = string.Join(' ', _lines.Select(line => line.Trim()));
        var isJson = TryPass(whole);
        if (isJson) Clear();
        else Release();
    }

    private void Pass(string line)
    {
        if (!line.AsSpan().TrimStart().StartsWith("[{") || !TryPass(line)) take(line);
    }

    private bool TryPass(string text)
    {
        string[] records;
        try
        {
            using var document = JsonDocument.Parse(text, JsonFormat.Options);
            var root = document.RootElement;
            var isRecords = root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0 && root.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object);
            records = isRecords ? [.. root.EnumerateArray().Select(item => item.GetRawText())] : [text];
        }
        catch (JsonException)
        {
            return false;
        }
        foreach (var record in records) take(record);
        return true;
    }

    private void Clear()
    {
        _lines.Clear();
        (_depth, _length) = (0, 0);
    }

    private static bool IsBeginning(ReadOnlySpan<char> text) => text.Length > 0 && text[0] is '{' or '[' && text[^1] is '{' or '[' or ',' && DepthOf(text) > 0;

    private static bool IsContinuation(ReadOnlySpan<char> text) =>
        text.IsEmpty || text[0] is '"' or '{' or '}' or '[' or ']' or '-' or 't' or 'f' or 'n' or ',' || char.IsAsciiDigit(text[0]);

    /// <summary>How many more brackets open than close, outside of texts in quotes.</summary>
    private static int DepthOf(ReadOnlySpan<char> text)
    {
        var (depth, isQuoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') isQuoted = !isQuoted;
            else if (!isQuoted && text[i] is '{' or '[') depth++;
            else if (!isQuoted && text[i] is '}' or ']') depth--;
        }
        return depth;
    }
}
