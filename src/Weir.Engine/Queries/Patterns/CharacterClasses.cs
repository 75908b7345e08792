using System.Globalization;

namespace Weir.Engine.Queries.Patterns;

/// <summary>Classes of characters that RE2 has names for.</summary>
internal static class CharacterClasses
{
    private static readonly CodePoints Digits = CodePoints.Of(('0', '9'));
    private static readonly CodePoints Spaces = CodePoints.Of(('\t', '\n'), ('\f', '\r'), (' ', ' '));
    private static readonly CodePoints Words = CodePoints.Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'));

    /// <summary>What stands between [: and :].</summary>
    public static readonly Dictionary<string, CodePoints> Posix = new()
    {
        ["alnum"] = CodePoints.Of(('0', '9'), ('A', 'Z'), ('a', 'z')),
        ["alpha"] = CodePoints.Of(('A', 'Z'), ('a', 'z')),
        ["ascii"] = CodePoints.Of((0, 0x7F)),
        ["blank"] = CodePoints.Of(('\t', '\t'), (' ', ' ')),
        ["cntrl"] = CodePoints.Of((0, 0x1F), (0x7F, 0x7F)),
        ["digit"] = Digits,
        ["graph"] = CodePoints.Of(('!', '~')),
        ["lower"] = CodePoints.Of(('a', 'z')),
        ["print"] = CodePoints.Of((' ', '~')),
        ["punct"] = CodePoints.Of(('!', '/'), (':', '@'), ('[', '`'), ('{', '~')),
        ["space"] = CodePoints.Of(('\t', '\r'), (' ', ' ')),
        ["upper"] = CodePoints.Of(('A', 'Z')),
        ["word"] = Words,
        ["xdigit"] = CodePoints.Of(('0', '9'), ('A', 'F'), ('a', 'f')),
    };

    /// <summary>Categories in the order of <see cref="UnicodeCategory"/>.</summary>
    private static readonly string[] Categories =
        ["Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Cn"];

    /// <summary>The class of \d, \s or \w, in capitals as well; null of any other letter.</summary>
    public static CodePoints? OfLetter(char letter) => char.ToLowerInvariant(letter) switch { 'd' => Digits, 's' => Spaces, 'w' => Words, _ => null };

    /// <summary>The class of a general category such as L or Lu; null where there is none of that name.</summary>
    public static CodePoints? OfCategory(string name)
    {
        var ranges = new List<(int, int)>();
        for (var i = 0; i < Categories.Length; i++)
        {
            if (name.Length is 1 or 2 && Categories[i] != "Cn" && Categories[i].StartsWith(name, StringComparison.Ordinal)) ranges.AddRange(CodePoints.Of((UnicodeCategory)i).Ranges);
        }
        return ranges.Count == 0 ? null : CodePoints.Of(ranges);
    }
}
