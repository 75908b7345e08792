using System.Text;

namespace Weir.Engine.Queries.Patterns;

/// <summary>What may stand before or after a literal.</summary>
internal enum AnyText
{
    None,

    /// <summary><c>.*</c></summary>
    Some,

    /// <summary><c>.+</c></summary>
    AtLeastOne,
}

/// <summary>A literal with any text before it, or after it: <c>.*text</c>, <c>text.+</c>; or with single characters left open: <c>10.0.0.1</c>.</summary>
internal readonly record struct Literal(string Text, AnyText Before, AnyText After)
{
    /// <summary>Stands in the text for any character; no text has this code point.</summary>
    public const char Any = '\uFFFF';

    public bool Matches(string value)
    {
        if (Before == AnyText.None && After == AnyText.None) return value == Text;
        if (Before != AnyText.None && After != AnyText.None) return value.Contains(Text, StringComparison.Ordinal);
        var isThere = Before == AnyText.None ? value.StartsWith(Text, StringComparison.Ordinal) : value.EndsWith(Text, StringComparison.Ordinal);
        return isThere && (value.Length > Text.Length || (Before != AnyText.AtLeastOne && After != AnyText.AtLeastOne));
    }

    /// <summary>Whether a value is a text in which some characters are left open.</summary>
    public static bool IsLike(string open, string value)
    {
        var at = 0;
        foreach (var c in open)
        {
            if (at == value.Length || (c != Any && c != value[at])) return false;
            at += c == Any && char.IsSurrogatePair(value, at) ? 2 : 1;
        }
        return at == value.Length;
    }
}

/// <summary>
/// Reads patterns that are literals and <c>|</c> alone, as a dashboard's variable writes the values that are picked: <c>a|b</c>, <c>(a|b)</c>,
/// <c>eu-.*</c>, <c>10.0.0.1|10.0.0.2</c>. They need no regular expression, however many they are.
/// </summary>
internal static class LiteralAlternatives
{
    private const string Meaning = @"\.+*?()|[]{}^$";

    /// <summary>The literals of a pattern; null where it is more than that.</summary>
    public static List<Literal>? Read(string pattern)
    {
        if (pattern.Contains(Literal.Any)) return null;
        var rest = pattern.AsSpan();
        if (rest is ['(', .., ')']) rest = rest.StartsWith("(?:") ? rest[3..^1] : rest[1..^1];
        var literals = new List<Literal>();
        var text = new StringBuilder();
        while (true)
        {
            var before = TakeAny(ref rest);
            text.Clear();
            while (rest.Length > 0 && TakeCharacter(ref rest, text))
            {
            }
            var after = text.Length == 0 ? AnyText.None : TakeAny(ref rest);
            var literal = new Literal(text.ToString(), before, after);
            if (literal.Text.Contains(Literal.Any) && (before != AnyText.None || after != AnyText.None)) return null;
            // Of ".+x.+" both ends would have to be measured.
            if (before != AnyText.None && after != AnyText.None && (before != AnyText.Some || after != AnyText.Some)) return null;
            literals.Add(literal);
            if (rest.Length == 0) return literals;
            if (rest[0] != '|') return null;
            rest = rest[1..];
        }
    }

    private static AnyText TakeAny(ref ReadOnlySpan<char> rest)
    {
        var any = rest.StartsWith(".*") ? AnyText.Some : rest.StartsWith(".+") ? AnyText.AtLeastOne : AnyText.None;
        if (any == AnyText.None || (rest.Length > 2 && rest[2] is '*' or '+' or '?' or '{')) return AnyText.None;
        rest = rest[2..];
        return any;
    }

    private static bool TakeCharacter(ref ReadOnlySpan<char> rest, StringBuilder text)
    {
        var length = 1;
        if (rest[0] == '\\')
        {
            if (rest.Length < 2 || !char.IsAscii(rest[1]) || char.IsAsciiLetterOrDigit(rest[1])) return false;
            length = 2;
        }
        else if (rest[0] != '.' && Meaning.Contains(rest[0]))
        {
            return false;
        }
        // What is repeated is no literal.
        if (rest.Length > length && rest[length] is '*' or '+' or '?' or '{') return false;
        text.Append(rest[0] == '.' ? Literal.Any : rest[length - 1]);
        rest = rest[length..];
        return true;
    }
}
