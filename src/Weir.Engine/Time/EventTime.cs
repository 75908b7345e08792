using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Weir.Engine.Time;

/// <summary>Times as data carries them: ISO 8601, the other forms in which programs print dates, or a Unix time whose size tells seconds, milliseconds, microseconds or nanoseconds.</summary>
public static class EventTime
{
    /// <summary>Whether a field of this name is expected to hold the time of its record.</summary>
    public static bool IsName(ReadOnlySpan<char> name)
    {
        Span<char> lower = stackalloc char[16];
        if (name.Length > lower.Length || name.ToLowerInvariant(lower) < 0) return false;
        return lower[..name.Length] is "time" or "ts" or "timestamp" or "@timestamp" or "datetime" or "date" or "epoch" or "t" or "at" or "event_time" or "_time" or "timestamp_ms" or "date_time" or "created_at" or "zeit" or "datum";
    }

    /// <summary>Whether the text is a date, with a time of day or without.</summary>
    public static bool IsDate(ReadOnlySpan<char> text) => TryParseDate(text, TimeZoneInfo.Utc, out _);

    // What programs print besides ISO 8601; "d" takes one digit or two. Only a day above 12 tells that the month comes first.
    private static readonly string[] Forms =
    [
        .. from date in (string[])["yyyy-M-d", "yyyy/M/d", "d.M.yyyy", "d/MMM/yyyy", "d MMM yyyy", "MMM d yyyy"]
           from time in (string[])["", " H:m", " H:m:s", "'T'H:m", "'T'H:m:s", "':'H:m:s"]
           select date + time,
        "M/d/yyyy", "M/d/yyyy H:m", "M/d/yyyy H:m:s", "M/d/yyyy h:m tt", "M/d/yyyy h:m:s tt", "yyyyMMdd'T'HHmmss", "MMM d H:m:s yyyy",
        "yyyy-M-d h:m:s tt", "yyyy/M/d h:m:s tt",
    ];

    /// <summary>Reads a date, with a time of day or without (then midnight); without a zone of its own it is of <paramref name="zone"/>.</summary>
    public static bool TryParseDate(ReadOnlySpan<char> text, TimeZoneInfo zone, out long nanoseconds)
    {
        nanoseconds = 0;
        text = text.Trim().Trim('"').Trim("[]");
        // Asked first because most fields are numbers and words: a date has digits and two marks.
        if (text.Length is < 8 or > 40 || !HasMarksOfDate(text)) return false;
        var rest = text;
        TimeSpan? offset = TakeZone(ref rest);
        var fraction = TakeFraction(ref rest);
        // "Sun, 29 Nov 2026 19:18:01 GMT": the name of the day says nothing.
        if (rest.Length > 5 && char.IsAsciiLetter(rest[0]) && rest[..4].IndexOfAny(", ") == 3 && !IsMonth(rest)) rest = rest[4..].TrimStart();
        var styles = DateTimeStyles.AllowInnerWhite;
        if (!DateTime.TryParseExact(rest, Forms, CultureInfo.InvariantCulture, styles, out var time)) return false;
        if (rest.Count('/') == 2 && !char.IsAsciiLetter(rest[rest.IndexOf('/') + 1]) && rest.IndexOf('/') <= 2 && time.Day <= 12) return false;
        if (time.Year is < 1678 or > 2261) return false;
        var at = new DateTimeOffset(time, offset ?? zone.GetUtcOffset(time));
        nanoseconds = UnixTime.FromDateTime(at) + fraction;
        return true;
    }

    private static bool HasMarksOfDate(ReadOnlySpan<char> text)
    {
        var (digits, marks, letters) = (0, 0, 0);
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c)) digits++;
            else if (c is '-' or '/' or '.' or ':') marks++;
            else if (char.IsAsciiLetter(c)) letters++;
        }
        return digits >= 5 && (marks >= 2 || letters is 1 or 2 || letters >= 3 && text.Contains(' '));
    }

    private static bool IsMonth(ReadOnlySpan<char> text) =>
        text[..3] is "Jan" or "Feb" or "Mar" or "Apr" or "May" or "Jun" or "Jul" or "Aug" or "Sep" or "Oct" or "Nov" or "Dec";

    private static TimeSpan? TakeZone(ref ReadOnlySpan<char> text)
    {
        foreach (var name in (ReadOnlySpan<string>)["Z", "z", " GMT", " UTC", " UT"])
        {
            if (!text.EndsWith(name)) continue;
            text = text[..^name.Length].TrimEnd();
            return TimeSpan.Zero;
        }
        // A sign counts after a time of day only: the dash of a date is none.
        var sign = text.LastIndexOfAny('+', '-');
        if (sign < 8 || !text[..sign].Contains(':')) return null;
        var digits = text[(sign + 1)..];
        Span<char> plain = stackalloc char[4];
        var count = 0;
        foreach (var c in digits)
        {
            if (char.IsAsciiDigit(c) && count < 4) plain[count++] = c;
            else if (c != ':') return null;
        }
        if (count is not (2 or 4)) return null;
        var hours = (plain[0] - '0') * 10 + plain[1] - '0';
        var minutes = count == 4 ? (plain[2] - '0') * 10 + plain[3] - '0' : 0;
        if (hours > 14 || minutes > 59) return null;
        var isNegative = text[sign] == '-';
        text = text[..sign].TrimEnd();
        var offset = new TimeSpan(hours, minutes, 0);
        return offset <= TimeSpan.FromHours(14) ? (isNegative ? -offset : offset) : null;
    }

    /// <summary>The fraction of a second behind the last colon, in nanoseconds.</summary>
    private static long TakeFraction(ref ReadOnlySpan<char> text)
    {
        var colon = text.LastIndexOf(':');
        var point = colon < 0 ? -1 : text[colon..].IndexOfAny('.', ',');
        if (point < 0) return 0;
        point += colon;
        var (nanoseconds, scale) = (0L, 100_000_000L);
        for (var i = point + 1; i < text.Length; i++, scale /= 10)
        {
            if (!char.IsAsciiDigit(text[i])) return 0;
            nanoseconds += (text[i] - '0') * scale;
        }
        text = text[..point];
        return nanoseconds;
    }

    /// <summary>
    /// Reads a Unix time in the unit that its size tells: from 100,000,000 on seconds, then milliseconds, microseconds and nanoseconds, each from
    /// 1973 to 5138 and at most 2261. A smaller number tells nothing and is refused.
    /// </summary>
    public static bool TryFromNumber(double value, out long nanoseconds)
    {
        var scale = ScaleOf(Math.Abs(value));
        // Whole units first: a double holds milliseconds of today to the nanosecond only in parts.
        var whole = Math.Floor(value);
        var isIn = scale != 0 && Math.Abs(whole) * scale < 9.2e18;
        nanoseconds = isIn ? (long)whole * scale + (long)((value - whole) * scale) : 0;
        return isIn;
    }

    /// <summary>The same for a number as JSON and text write it. Whole numbers are exact to the nanosecond.</summary>
    public static bool TryFromNumber(ReadOnlySpan<byte> utf8, out long nanoseconds)
    {
        if (Utf8Parser.TryParse(utf8, out long whole, out var read) && read == utf8.Length && whole != long.MinValue)
        {
            var scale = ScaleOf(Math.Abs(whole));
            var isIn = scale != 0 && Math.Abs(whole) <= 9_200_000_000_000_000_000 / scale;
            nanoseconds = isIn ? whole * scale : 0;
            return isIn;
        }
        nanoseconds = 0;
        return Utf8Parser.TryParse(utf8, out double value, out read) && read == utf8.Length && TryFromNumber(value, out nanoseconds);
    }

    private static long ScaleOf(double size) => size switch
    {
        >= 1e8 and < 1e11 => UnixTime.NanosecondsPerSecond,
        >= 1e11 and < 1e14 => UnixTime.NanosecondsPerMillisecond,
        >= 1e14 and < 1e17 => 1_000,
        >= 1e17 and < 9.2e18 => 1,
        _ => 0,
    };

    /// <summary>Reads either form.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, TimeZoneInfo zone, out long nanoseconds)
    {
        if (TryParseDate(text, zone, out nanoseconds)) return true;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value)
            && TryFromNumber(value, out nanoseconds);
    }

    /// <summary>
    /// Reads a time that leaves its year or its day to the reader: syslog's <c>Nov 29 19:18:01</c>, <c>19:18:01</c>, <c>7:18:01 PM</c>. It is the
    /// latest such time that lies no more than an hour ahead of <paramref name="now"/> (for a date without a year, a day).
    /// </summary>
    /// <param name="text">The time.</param>
    /// <param name="now">Unix nanoseconds.</param>
    /// <param name="zone">The zone of the time.</param>
    /// <param name="nanoseconds">Unix nanoseconds.</param>
    public static bool TryParseRecent(ReadOnlySpan<char> text, long now, TimeZoneInfo zone, out long nanoseconds)
    {
        nanoseconds = 0;
        text = text.Trim().Trim('"').Trim("[]");
        if (text.Length is < 5 or > 30 || text.IndexOf(':') < 1 || text.IndexOfAnyInRange('0', '9') < 0) return false;
        var rest = text;
        var fraction = TakeFraction(ref rest);
        var today = TimeZoneInfo.ConvertTime(UnixTime.ToDateTime(now), zone).DateTime;
        if (char.IsAsciiLetter(rest[0])) return TryParseDayOfYear(rest, today, zone, fraction, out nanoseconds);
        if (!TimeOnly.TryParseExact(rest, ClockForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock)) return false;
        var at = today.Date + clock.ToTimeSpan();
        if (at > today.AddHours(1)) at = at.AddDays(-1);
        nanoseconds = FromLocal(at, zone) + fraction;
        return true;
    }

    private static readonly string[] ClockForms = ["H:m:s", "H:m", "h:m:s tt", "h:m tt", "h:m:stt"];

    private static bool TryParseDayOfYear(ReadOnlySpan<char> text, DateTime today, TimeZoneInfo zone, long fraction, out long nanoseconds)
    {
        nanoseconds = 0;
        if (!IsMonth(text)) return false;
        // February 29 needs its leap year, which is not always the next or the last one.
        for (var year = Math.Min(today.Year + 1, 2261); year >= Math.Max(today.Year - 8, 1678); year--)
        {
            var dated = string.Create(CultureInfo.InvariantCulture, $"{year} {text}");
            if (!DateTime.TryParseExact(dated, "yyyy MMM d H:m:s", CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out var at)) continue;
            if (at > today.AddDays(1)) continue;
            nanoseconds = FromLocal(at, zone) + fraction;
            return true;
        }
        return false;
    }

    private static long FromLocal(DateTime local, TimeZoneInfo zone) => UnixTime.FromDateTime(new DateTimeOffset(local, zone.GetUtcOffset(local)));

    /// <summary>Reads a date and time of UTF-8; without a zone of its own it is of UTC.</summary>
    public static bool TryParseDate(ReadOnlySpan<byte> utf8, out long nanoseconds)
    {
        nanoseconds = 0;
        if (utf8.Length > 64) return false;
        Span<char> text = stackalloc char[64];
        return Encoding.UTF8.TryGetChars(utf8, text, out var length) && TryParseDate(text[..length], TimeZoneInfo.Utc, out nanoseconds);
    }
}
