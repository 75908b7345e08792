using System.Text;
using System.Text.RegularExpressions;

namespace Weir.Engine.Queries.Evaluation;

/// <summary>
/// The text that label_replace puts in place, as Go expands it: <c>$1</c>, <c>${1}</c> and <c>$name</c> are what a group matched, nothing where there is no
/// such group, and <c>$$</c> is a dollar. A name is as long as it can be: <c>$1x</c> is the group 1x.
/// </summary>
internal static class Replacement
{
    public static string Expand(string text, Match match)
    {
        var expanded = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var rest = text.AsSpan(at);
            if (rest[0] != '$' || !TryReadGroup(rest[1..], out var group, out var length))
            {
                expanded.Append(rest[0]);
                at += rest.StartsWith("$$") ? 2 : 1;
                continue;
            }
            expanded.Append(match.Groups[group].Value);
            at += 1 + length;
        }
        return expanded.ToString();
    }

    private static bool TryReadGroup(ReadOnlySpan<char> rest, out string group, out int length)
    {
        var begin = rest.StartsWith("{") ? 1 : 0;
        var end = begin;
        while (end < rest.Length && (char.IsLetterOrDigit(rest[end]) || rest[end] == '_')) end++;
        (group, length) = (rest[begin..end].ToString(), end + begin);
        return end > begin && (begin == 0 || (end < rest.Length && rest[end] == '}'));
    }
}
