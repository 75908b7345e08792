using System.Text;

namespace Weir.Connectors;

/// <summary>Takes out of a line what only a terminal understands: escape sequences (ECMA-48), backspaces with what they erase, control characters.</summary>
internal static class TerminalText
{
    private const char Escape = '\x1b';

    public static string Strip(string line)
    {
        var first = 0;
        while (first < line.Length && (line[first] == '\t' || !char.IsControl(line[first]))) first++;
        if (first == line.Length) return line;
        var plain = new StringBuilder(line.Length).Append(line, 0, first);
        for (var at = first; at < line.Length;)
        {
            var c = line[at];
            if (c == Escape) at = SkipSequence(line, at + 1, plain);
            else if (c == '\x9b') at = SkipControl(line, at + 1, plain);
            else
            {
                if (c == '\b') plain.Length = Math.Max(0, plain.Length - 1);
                else if (c is '\f' or '\v') plain.Append(' ');
                else if (c == '\t' || !char.IsControl(c)) plain.Append(c);
                at++;
            }
        }
        return plain.ToString();
    }

    private static int SkipSequence(string line, int at, StringBuilder plain)
    {
        if (at == line.Length) return at;
        switch (line[at])
        {
            case '[':
                return SkipControl(line, at + 1, plain);
            // Operating system commands, device control, messages: until the bell or the string terminator.
            case ']' or 'P' or 'X' or '^' or '_':
                for (at++; at < line.Length; at++)
                {
                    if (line[at] is '\a' or '\x9c') return at + 1;
                    if (line[at] == Escape) return at + 1 < line.Length && line[at + 1] == '\\' ? at + 2 : at;
                }
                return at;
            default:
                while (at < line.Length && line[at] is >= ' ' and <= '/') at++;
                return at < line.Length && line[at] is >= '0' and <= '~' ? at + 1 : at;
        }
    }

    private static int SkipControl(string line, int at, StringBuilder plain)
    {
        var begin = at;
        while (at < line.Length && line[at] is >= ' ' and <= '?') at++;
        if (at == line.Length || line[at] is < '@' or > '~') return at;
        // A cursor that moves to the right, or elsewhere in the line, keeps the words apart.
        if (line[at] == 'C') plain.Append(' ', int.TryParse(line.AsSpan(begin, at - begin), out var count) ? Math.Clamp(count, 1, 200) : 1);
        else if (line[at] is 'G' or 'H' or 'f' && plain.Length > 0) plain.Append(' ');
        return at + 1;
    }
}
