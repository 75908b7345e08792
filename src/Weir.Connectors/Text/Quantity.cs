using System.Buffers;
using System.Globalization;

namespace Weir.Connectors.Text;

/// <summary>
/// A number as people and programs print it: <c>12</c>, <c>-1.5e3</c>, <c>12%</c>, <c>2.5ms</c>, <c>1m30s</c>, <c>64KiB</c>, <c>3MB/s</c>, <c>10/s</c>. Sizes
/// are brought to bytes, composed durations to seconds.
/// </summary>
/// <param name="Value">In <paramref name="Unit"/>; NaN or infinite where the text says so.</param>
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
        ("C", "°C", 1), ("F", "°F", 1), ("°F", "°F", 1), ("k", "", 1e3), ("K", "", 1e3), ("M", "", 1e6), ("G", "", 1e9), ("T", "", 1e12),
        ("Ki", "bytes", 1024), ("Mi", "bytes", 1 << 20), ("Gi", "bytes", 1 << 30), ("Ti", "bytes", 1L << 40), ("PB", "bytes", 1e15), ("PiB", "bytes", 1L << 50),
        ("Bytes", "bytes", 1), ("KBytes", "bytes", 1024), ("MBytes", "bytes", 1 << 20), ("GBytes", "bytes", 1 << 30), ("bits/sec", "bits/s", 1),
        ("Kbits/sec", "bits/s", 1e3), ("Mbits/sec", "bits/s", 1e6), ("Gbits/sec", "bits/s", 1e9), ("MHZ", "Hz", 1e6), ("mW", "W", 1e-3), ("kW", "W", 1e3),
        ("mV", "V", 1e-3), ("mA", "A", 1e-3), ("RPM", "rpm", 1), ("req/s", "/s", 1), ("ops/s", "/s", 1), ("msec", "ms", 1), ("usec", "us", 1), ("secs", "s", 1),
    ];

    /// <summary>Nanoseconds in a unit of time; null for another unit.</summary>
    public static double? NanosecondsOf(string? unit) => unit switch { "s" => 1e9, "ms" => 1e6, "us" => 1e3, "ns" => 1, _ => null };

    /// <param name="text">The number and its unit, with blanks between them or not.</param>
    /// <param name="quantity">What was read.</param>
    /// <param name="notation">How the numbers of this text write decimals and thousands, as far as it is known; learns from this one.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out Quantity quantity, NumberNotation? notation = null)
    {
        quantity = default;
        text = text.Trim();
        if (text.Length is 0 or > LengthMax) return false;
        var sign = text[0] is '-' or '−' ? -1.0 : 1.0;
        var rest = text[0] is '-' or '+' or '−' ? text[1..] : text;
        if (rest.IsEmpty) return false;
        if (!char.IsAsciiDigit(rest[0]) && rest[0] != '.') return TryParseWord(rest, sign, out quantity);
        if (TryParseHexadecimal(rest, sign, out quantity)) return true;
        Span<char> plain = stackalloc char[LengthMax];
        var length = NumberNotation.Read(rest, plain, out var digits, notation);
        if (length == 0) return false;
        var exponent = ExponentLength(rest[length..]);
        rest.Slice(length, exponent).CopyTo(plain[digits..]);
        if (!double.TryParse(plain[..(digits + exponent)], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value)) return false;
        var suffix = rest[(length + exponent)..].TrimStart(" \u00a0");
        value *= sign;
        if (suffix.IsEmpty)
        {
            quantity = new Quantity(value, null);
            return true;
        }
        foreach (var known in Suffixes)
        {
            if (!suffix.SequenceEqual(known.Suffix)) continue;
            quantity = new Quantity(value * known.Factor, known.Unit.Length == 0 ? null : known.Unit);
            return true;
        }
        return TryParseDuration(text, out quantity);
    }

    /// <summary>Whether the text says that there is no value: <c>-</c>, <c>N/A</c>, <c>null</c>, nothing.</summary>
    public static bool IsGap(ReadOnlySpan<char> text) => text.Trim() is "" or "-" or "--" or "—" or "N/A" or "n/a" or "NA" or "[N/A]" or "[Not Supported]"
        or "null" or "NULL" or "nil" or "None" or "undefined" or "?" or "<unknown>" or "<none>";

    private static bool TryParseWord(ReadOnlySpan<char> word, double sign, out Quantity quantity)
    {
        quantity = default;
        if (word.Equals("nan", StringComparison.OrdinalIgnoreCase)) quantity = new Quantity(double.NaN, null);
        else if (word.Equals("inf", StringComparison.OrdinalIgnoreCase) || word.Equals("infinity", StringComparison.OrdinalIgnoreCase) || word is "∞")
        {
            quantity = new Quantity(sign * double.PositiveInfinity, null);
        }
        else
        {
            return false;
        }
        return true;
    }

    private static bool TryParseHexadecimal(ReadOnlySpan<char> text, double sign, out Quantity quantity)
    {
        quantity = default;
        if (text.Length < 3 || text[0] != '0' || text[1] is not ('x' or 'X')) return false;
        if (!ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) return false;
        quantity = new Quantity(sign * value, null);
        return true;
    }

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

    private static int ExponentLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] is not ('e' or 'E')) return 0;
        var at = text[1] is '-' or '+' ? 2 : 1;
        if (at >= text.Length || !char.IsAsciiDigit(text[at])) return 0;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at;
    }
}
