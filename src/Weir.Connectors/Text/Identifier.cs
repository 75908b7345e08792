using System.Net;
using Weir.Engine.Time;

namespace Weir.Connectors.Text;

/// <summary>Texts that name one request, connection or moment and so divide nothing: UUIDs, long hexadecimal numbers, addresses with a port, times.</summary>
internal static class Identifier
{
    // Shorter ones are colors, short hashes of versions and names of containers, which repeat.
    private const int HexadecimalLength = 16;
    private const int DigitsLength = 10;

    public static bool IsOne(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return false;
        if (Guid.TryParse(text, out _)) return true;
        var plain = text.StartsWith("0x") ? text[2..] : text;
        if (plain.Length >= HexadecimalLength && plain.IndexOfAnyExceptInRange('0', '9') >= 0 && IsHexadecimal(plain)) return true;
        if (text.Length >= DigitsLength && text.IndexOfAnyExceptInRange('0', '9') < 0) return true;
        return IsTraceParent(text) || IsAddressWithPort(text) || EventTime.IsDate(text);
    }

    private static bool IsHexadecimal(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c)) return false;
        }
        return true;
    }

    /// <summary>The header of W3C: <c>00-trace-span-01</c>.</summary>
    private static bool IsTraceParent(ReadOnlySpan<char> text) => text.Length == 55 && text[2] == '-' && text[35] == '-' && IsHexadecimal(text[3..35]);

    private static bool IsAddressWithPort(ReadOnlySpan<char> text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 3 || !ushort.TryParse(text[(colon + 1)..], out _)) return false;
        var address = text[..colon];
        if (address is ['[', .., ']']) return IPAddress.TryParse(address[1..^1], out _);
        return address.Count('.') == 3 && IPAddress.TryParse(address, out _);
    }
}
