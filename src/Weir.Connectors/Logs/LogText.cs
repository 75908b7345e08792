using System.Text.RegularExpressions;

namespace Weir.Connectors.Logs;

/// <summary>Makes a line of text fit to be shown: without the escape sequences that color a terminal and without control characters.</summary>
internal static partial class LogText
{
    public static string Clean(string line)
    {
        if (!line.AsSpan().ContainsAnyInRange('\0', '\x1f') && !line.Contains('\x7f', StringComparison.Ordinal)) return line;
        var plain = Escape().Replace(line, "");
        return string.Create(plain.Length, plain, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
    }

    // ECMA-48: control sequences (colors), and operating system commands (titles, links).
    [GeneratedRegex(@"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
