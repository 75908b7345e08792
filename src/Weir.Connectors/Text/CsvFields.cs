using System.Text;

namespace Weir.Connectors.Text;

/// <summary>Splits a line of comma-separated values (RFC 4180): a field in quotes may hold separators, and quotes by doubling them.</summary>
internal static class CsvFields
{
    public static void Split(string line, char separator, List<string> into)
    {
        into.Clear();
        for (var at = 0; at <= line.Length;)
        {
            into.Add(at < line.Length && line[at] == '"' ? ReadQuoted(line, separator, ref at) : ReadPlain(line, separator, ref at));
            // More would not be read: see LineValues.ValuesMax.
            if (into.Count > LineValues.ValuesMax * 2) return;
        }
    }

    private static string ReadPlain(string line, char separator, ref int at)
    {
        var end = line.IndexOf(separator, at);
        if (end < 0) end = line.Length;
        var field = line.AsSpan(at, end - at).Trim().ToString();
        at = end + 1;
        return field;
    }

    private static string ReadQuoted(string line, char separator, ref int at)
    {
        var field = new StringBuilder();
        for (at++; at < line.Length; at++)
        {
            if (line[at] != '"') field.Append(line[at]);
            else if (at + 1 < line.Length && line[at + 1] == '"') field.Append(line[at++]);
            else break;
        }
        var end = at < line.Length ? line.IndexOf(separator, at) : -1;
        at = end < 0 ? line.Length + 1 : end + 1;
        return field.ToString();
    }
}
