using System.Drawing;
using System.Text.RegularExpressions;

namespace Weir.Visuals.Widgets;

/// <summary>Colors as CSS writes them: hexadecimal, or one of its names.</summary>
internal static partial class CssColor
{
    /// <summary>The color a name stands for, as <c>#rrggbb</c>, so that readers need no list of names; anything else as it is.</summary>
    public static string? ToHex(string? color)
    {
        if (string.IsNullOrEmpty(color) || !char.IsAsciiLetter(color[0])) return color;
        // CSS spells gray both ways.
        var named = Color.FromName(color.Replace("grey", "gray", StringComparison.OrdinalIgnoreCase));
        return named is { IsKnownColor: true, IsSystemColor: false, A: 255 } ? $"#{named.R:x2}{named.G:x2}{named.B:x2}" : color;
    }

    public static bool IsColor(string color) => Hexadecimal().IsMatch(ToHex(color)!);

    [GeneratedRegex("^#([0-9a-fA-F]{3}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$")]
    private static partial Regex Hexadecimal();
}
