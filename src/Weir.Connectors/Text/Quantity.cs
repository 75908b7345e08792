using System.Buffers;
using System.Globalization;

namespace Weir.Connectors.Text;

/// <summary>
/// A number as people and programs print it: <c>12</c>, <c>-1.5e3</c>, <c>12%</c>, <c>2.5ms</c>, <c>1m30s</c>, <c>64KiB</c>, <c>3MB/s</c>, <c>10/s</c>. Sizes
/// are brought to bytes, composed durations to seconds.
/// </summary>
/// <param name="Value">In <paramref name="Unit"/>; finite, or NaN where the text says so.</param>
/// <param name="Unit">Such as <c>ms</c>, <c>bytes</c> or <c>%</c>; null for a bare number.</param>
internal readonly record struct Quantity(double Value, string? Unit)
{
    private const int LengthMax = 64;

    private static readonly SearchValues<char> DecimalDigits = SearchValues.Create("0123456789.");

    private static readonly (string Suffix, string Unit, double Factor)[] Suffixes =
    [
        ("%", "%", 1), ("ns", "ns", 1), ("us", "us", 1), ("µs", "us", 1), ("μs", "us", 1), ("ms", "ms", 1), ("s", "s", 1), ("sec", "s", 1),
        ("min", "s", 60), ("h", "s", 3600), ("B", "bytes", 1), ("bytes", "bytes", 1), ("kB", "bytes", 1e3), ("KB", "bytes", 1e3), ("MB", "bytes", 1e6),
        ("GB", "bytes", 1e9), ("TB", "bytes", 1e12), ("KiB", "bytes", 1024), ("MiB", "bytes", 1 << 20), ("GiB", "bytes", 1 << 30),
        ("TiB", "bytes", 1L << 40), ("B/s", "bytes/s", 1), ("kB/s", "bytes/s", 1e3), ("KB/s", "bytes/s", 1e3), ("MB/s", "bytes/s", 1e6),
        ("GB/s", "bytes/s", 1e9), ("KiB/s", "bytes/s", 1024), ("MiB/s", "bytes/s", 1 << 20), ("GiB/s", "bytes/s", 1 << 30), ("bit/s", "bits/s", 1),
        ("kbit/s", "bits/s", 1e3), ("Mbit/s", "bits/s", 1e6), ("Gbit/s", "bits/s", 1e9), ("/s", "/s", 1), ("Hz", "Hz", 1), ("kHz", "Hz", 1e3),
        ("MHz", "Hz", 1e6), ("GHz", "Hz", 1e9), ("°C", "°C", 1), ("W", "W", 1), ("V", "V", 1), ("A", "A", 1), ("rpm", "rpm", 1), ("x", "x", 1),
    ];

    /// <summary>Nanoseconds in a unit of time; null for another unit.</summary>
    public static double? NanosecondsOf(string? unit) => unit switch { "s" => 1e9, "ms" => 1e6, "us" => 1e3, "ns" => 1, _ => null };

    public static bool TryParse(ReadOnlySpan<char> text, out Quantity quantity)
    {
        quantity = default;
        text = text.Trim();
        if (text.Length is 0 or > LengthMax) return false;
        if (text is "NaN" or "nan" or "NAN")
        {
            quantity = new Quantity(double.NaN, null);
            return true;
        }
        var length = NumberLength(text);
        if (length == 0 || !double.TryParse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value)) return false;
        var suffix = text[length..].TrimStart(' ');
        if (suffix.IsEmpty)
        {
            quantity = new Quantity(value, null);
            return true;
        }
        foreach (var known in Suffixes)
        {
            if (!suffix.SequenceEqual(known.Suffix)) continue;
            quantity = new Quantity(value * known.Factor, known.Unit);
            return true;
        }
        return TryParseDuration(text, out quantity);
    }

    /// <summary>Whether the text is a number or a gap as tables print it: <c>-</c>, <c>N/A</c>, nothing.</summary>
    public static bool IsGap(ReadOnlySpan<char> text) => text.Trim() is "" or "-" or "--" or "N/A" or "n/a" or "null" or "?";

    /// <summary>Durations of several parts, largest first, as Go prints them: <c>1h2m3.5s</c>.</summary>
    private static bool TryParseDuration(ReadOnlySpan<char> text, out Quantity quantity)
    {
        quantity = default;
        var sign = text[0] == '-' ? -1 : 1;
        var rest = text[0] is '-' or '+' ? text[1..] : text;
        var (seconds, smallest) = (0.0, double.PositiveInfinity);
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(DecimalDigits);
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
            rest = rest[digits..];
            var end = rest.IndexOfAnyInRange('0', '9');
            var unit = end < 0 ? rest : rest[..end];
            var size = unit switch { "d" => 86_400.0, "h" => 3600, "m" => 60, "s" => 1, "ms" => 1e-3, "us" or "µs" or "μs" => 1e-6, "ns" => 1e-9, _ => 0 };
            // Falling units only; a single "5m" stays text, because it may as well be metres or millions.
            if (size == 0 || size >= smallest) return false;
            if (smallest == double.PositiveInfinity && rest.Length == unit.Length) return false;
            (seconds, smallest) = (seconds + number * size, size);
            rest = rest[unit.Length..];
        }
        quantity = new Quantity(sign * seconds, "s");
        return true;
    }

    private static int NumberLength(ReadOnlySpan<char> text)
    {
        var at = text[0] is '-' or '+' ? 1 : 0;
        var digits = 0;
        for (; at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'); at++)
        {
            if (text[at] != '.') digits++;
        }
        if (digits == 0) return 0;
        if (at + 1 >= text.Length || text[at] is not ('e' or 'E')) return at;
        var exponent = at + (text[at + 1] is '-' or '+' ? 2 : 1);
        if (exponent >= text.Length || !char.IsAsciiDigit(text[exponent])) return at;
        while (exponent < text.Length && char.IsAsciiDigit(text[exponent])) exponent++;
        return exponent;
    }
}
