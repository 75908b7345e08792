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
    private readonly List<string> _records = [];
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
        var text = line.AsSpan().Trim();
        if (!text.StartsWith("[{") || !TrySplit(text, _records))
        {
            take(line);
            return;
        }
        // Each is parsed once, by the format; taken out first because it may come back here.
        var records = _records.ToArray();
        _records.Clear();
        foreach (var record in records) take(record);
    }

    private bool TryPass(string text)
    {
        if (!IsJson(text)) return false;
        if (!text.StartsWith("[{", StringComparison.Ordinal) && !text.StartsWith("[ {", StringComparison.Ordinal)) take(text);
        else Pass(text.StartsWith("[ ", StringComparison.Ordinal) ? "[" + text[1..].TrimStart() : text);
        return true;
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, JsonFormat.Options);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Cuts an array of objects at the commas between them. False for anything else.</summary>
    private static bool TrySplit(ReadOnlySpan<char> text, List<string> records)
    {
        records.Clear();
        if (text[^1] != ']') return false;
        var inner = text[1..^1];
        for (var at = 0; ;)
        {
            while (at < inner.Length && char.IsWhiteSpace(inner[at])) at++;
            if (at == inner.Length) return records.Count > 0;
            var length = inner[at] == '{' ? ObjectLength(inner[at..]) : 0;
            if (length == 0) return false;
            records.Add(inner.Slice(at, length).ToString());
            at += length;
            while (at < inner.Length && char.IsWhiteSpace(inner[at])) at++;
            if (at < inner.Length && inner[at++] != ',') return false;
        }
    }

    private static int ObjectLength(ReadOnlySpan<char> text)
    {
        var (depth, isQuoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (isQuoted && text[i] == '\\') i++;
            else if (text[i] == '"') isQuoted = !isQuoted;
            else if (!isQuoted && text[i] is '{' or '[') depth++;
            else if (!isQuoted && text[i] is '}' or ']' && --depth == 0) return i + 1;
        }
        return 0;
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
