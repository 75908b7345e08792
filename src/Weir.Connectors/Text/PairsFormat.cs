namespace Weir.Connectors.Text;

/// <summary>
/// <c>key=value</c> pairs, logfmt among them (brandur.org/logfmt): <c>rate=12 latency=2.5ms host=a msg="all well"</c>. Numbers are series, with the unit
/// they carry; texts may be labels. Also <c>name: 12.5</c> and <c>name = 12.5</c>. Other words may stand between.
/// </summary>
internal sealed class PairsFormat(LabelRule labels) : LineFormat
{
    private readonly HashSet<string> _names = [];

    public override string Description => $"key=value: {string.Join(", ", _names.Take(6))}{(_names.Count > 6 ? $" and {_names.Count - 6} more" : "")}";

    public override LineResult Read(string line, LineValues into)
    {
        for (var rest = line.AsSpan().Trim(); !rest.IsEmpty; rest = rest.TrimStart(" \t,;"))
        {
            if (TryReadPair(ref rest, out var name, out var value))
            {
                into.AddField(name, value, labels);
                ReadDetails(name, ref rest, into);
            }
            else
            {
                var end = rest.IndexOfAny(' ', '\t');
                rest = end < 0 ? default : rest[end..];
            }
        }
        into.TakeLeadingTime(line);
        if (into.Values.Count == 0 && (into.Gaps.Count == 0 || _names.Count == 0)) return LineResult.NotUnderstood;
        foreach (var (name, _, _) in into.Values)
        {
            if (_names.Count < LineValues.ValuesMax) _names.Add(name);
        }
        return LineResult.Values;
    }

    /// <summary>What a number consists of, in parentheses behind it: <c>TCP: 26 (estab 5, closed 10)</c>.</summary>
    private static void ReadDetails(string name, ref ReadOnlySpan<char> rest, LineValues into)
    {
        var details = rest.TrimStart();
        if (!details.StartsWith("(")) return;
        var end = details.IndexOf(')');
        if (end < 0) return;
        foreach (var range in details[1..end].Split(','))
        {
            var part = details[1..end][range].Trim();
            var blank = part.LastIndexOf(' ');
            if (blank < 1 || !char.IsLetter(part[0]) || !Quantity.TryParse(part[(blank + 1)..], out var quantity)) continue;
            into.Add($"{name}.{part[..blank]}", quantity);
        }
        rest = details[(end + 1)..];
    }

    private static bool TryReadPair(ref ReadOnlySpan<char> rest, out string name, out ReadOnlySpan<char> value)
    {
        name = "";
        value = default;
        var length = NameLength(rest);
        if (length == 0) return false;
        if (rest[length - 1] == ':' && length < rest.Length && rest[length] == ' ') return TryReadSpaced(ref rest, length - 1, length, out name, out value);
        var mark = length;
        while (mark < rest.Length && rest[mark] == ' ') mark++;
        if (mark > length && mark + 1 < rest.Length && rest[mark] == '=' && rest[mark + 1] == ' ') return TryReadSpaced(ref rest, length, mark + 1, out name, out value);
        if (length >= rest.Length || rest[length] != '=') return false;
        // "a == b" is a comparison, not a pair.
        if (length + 1 < rest.Length && rest[length + 1] == '=') return false;
        name = rest[..length].ToString();
        rest = rest[(length + 1)..];
        value = rest.StartsWith('"') ? ReadQuoted(ref rest) : ReadPlain(ref rest);
        return true;
    }

    /// <summary>"temp: 12.5 C": only a number after the blank makes a pair of it; prose has colons too.</summary>
    private static bool TryReadSpaced(ref ReadOnlySpan<char> rest, int nameLength, int at, out string name, out ReadOnlySpan<char> value)
    {
        name = rest[..nameLength].ToString();
        var after = rest[at..].TrimStart();
        value = ReadPlain(ref after).TrimEnd(",;");
        if (!Quantity.TryParse(value, out _) && !Quantity.IsGap(value)) return false;
        rest = after;
        return true;
    }

    private static int NameLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && length < 128 && (char.IsLetterOrDigit(text[length]) || text[length] is '_' or '.' or '-' or '/' or '@' or ':' or '%')) length++;
        return length > 0 && (char.IsLetter(text[0]) || text[0] is '_' or '@') ? length : 0;
    }

    private static ReadOnlySpan<char> ReadQuoted(ref ReadOnlySpan<char> rest)
    {
        var end = 1;
        while (end < rest.Length && rest[end] != '"') end += rest[end] == '\\' ? 2 : 1;
        end = Math.Min(end, rest.Length);
        var value = rest[1..Math.Max(1, end)];
        rest = rest[Math.Min(rest.Length, end + 1)..];
        return value;
    }

    private static ReadOnlySpan<char> ReadPlain(scoped ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny(' ', '\t');
        if (end < 0) end = rest.Length;
        // "a=1,b=2": a comma separates pairs when a pair follows.
        for (var i = 0; i < end; i++)
        {
            if (rest[i] is not (',' or ';')) continue;
            var length = NameLength(rest[(i + 1)..]);
            if (i + 1 == end || (length > 0 && i + 1 + length < rest.Length && rest[i + 1 + length] == '=')) end = i;
        }
        var value = rest[..end];
        rest = rest[end..];
        return value;
    }
}
