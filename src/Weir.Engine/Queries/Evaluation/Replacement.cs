using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Weir.Engine.Queries.Patterns;

namespace Weir.Engine.Queries.Evaluation;

/// <summary>
/// The text that label_replace puts in place, as Go expands it: <c>$1</c>, <c>${1}</c> and <c>$name</c> are what a group matched, nothing where there is no
/// such group, and <c>$$</c> is a dollar. A name is as long as it can be: <c>$1x</c> is the group 1x.
/// </summary>
internal sealed class Replacement
{
    private readonly RegexTranslation _translation;
    private readonly Regex _pattern;
    private readonly string _text;

    /// <param name="pattern">In RE2's syntax, for whole values.</param>
    /// <param name="text">What stands in their place.</param>
    /// <exception cref="ArgumentException">Not a regular expression that is matched in linear time.</exception>
    public Replacement(string pattern, string text)
    {
        _translation = RegexTranslation.Of(pattern);
        (_pattern, _text) = (TextPattern.Whole(_translation.Whole), text);
    }

    /// <summary>What a value becomes; null where the pattern does not match.</summary>
    public string? Apply(string value) => _pattern.Match(value) is { Success: true } match ? Expand(_text, match) : null;

    private string Expand(string text, Match match)
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
            expanded.Append(GroupOf(match, group));
            at += 1 + length;
        }
        return expanded.ToString();
    }

    private string GroupOf(Match match, string group)
    {
        if (int.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return match.Groups[number].Value;
        return _translation.GroupOf(group) is { } named ? match.Groups[named].Value : "";
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
