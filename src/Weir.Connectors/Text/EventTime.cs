using System.Globalization;
using Weir.Engine.Time;

namespace Weir.Connectors.Text;

/// <summary>Times as data carries them: ISO 8601, or a Unix time whose size tells seconds, milliseconds, microseconds or nanoseconds.</summary>
internal static class EventTime
{
    /// <summary>Whether a field of this name is expected to hold the time of its record.</summary>
    public static bool IsName(ReadOnlySpan<char> name)
    {
        Span<char> lower = stackalloc char[16];
        if (name.Length > lower.Length || name.ToLowerInvariant(lower) < 0) return false;
        return lower[..name.Length] is "time" or "ts" or "timestamp" or "@timestamp" or "datetime" or "date" or "epoch" or "t" or "at";
    }

    /// <summary>Whether the text looks like a date with a time of day.</summary>
    public static bool IsIso(ReadOnlySpan<char> text) => TryParseIso(text, TimeZoneInfo.Utc, out _);

    /// <summary>Reads ISO 8601 with a date and a time; without a zone of its own it is of <paramref name="zone"/>.</summary>
    public static bool TryParseIso(ReadOnlySpan<char> text, TimeZoneInfo zone, out long nanoseconds)
    {
        nanoseconds = 0;
        text = text.Trim();
        var isIso = text.Length is >= 16 and <= 40 && char.IsAsciiDigit(text[0]) && text[4] == '-' && text[7] == '-' && text[10] is 'T' or ' ' or 't' && text[13] == ':';
        if (!isIso) return false;
        if (!DateTime.TryParse(Cut(text), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind | DateTimeStyles.AllowWhiteSpaces, out var time)) return false;
        if (time.Year is < 1678 or > 2261) return false;
        // A time with a zone was brought to this machine's by the parser, which marks it so.
        var offset = time.Kind == DateTimeKind.Unspecified ? zone.GetUtcOffset(time) : TimeSpan.Zero;
        var utc = time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time;
        nanoseconds = UnixTime.FromDateTime(new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Unspecified), offset));
        return true;
    }

    /// <summary>Reads a Unix time between 1973 and 2261 in whatever unit its size tells.</summary>
    public static bool TryFromNumber(double value, out long nanoseconds)
    {
        var scale = value switch
        {
            >= 1e8 and < 1e11 => 1e9,
            >= 1e11 and < 1e14 => 1e6,
            >= 1e14 and < 1e17 => 1e3,
            >= 1e17 and < 9.2e18 => 1,
            _ => 0.0,
        };
        // Whole units first: a double holds milliseconds of today to the nanosecond only in parts.
        var whole = Math.Floor(value);
        nanoseconds = scale == 0 || whole * scale > 9.2e18 ? 0 : (long)whole * (long)scale + (long)((value - whole) * scale);
        return nanoseconds != 0;
    }

    /// <summary>Reads either form.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, TimeZoneInfo zone, out long nanoseconds)
    {
        if (TryParseIso(text, zone, out nanoseconds)) return true;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value)
            && TryFromNumber(value, out nanoseconds);
    }

    /// <summary>Without the digits of a fraction beyond the seventh, which is a tick; .NET refuses them.</summary>
    private static string Cut(ReadOnlySpan<char> text)
    {
        var point = text.IndexOfAny('.', ',');
        if (point < 0) return text.ToString();
        var end = point + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return string.Concat(text[..point], ".", text[(point + 1)..Math.Min(end, point + 8)], text[end..]);
    }
}
