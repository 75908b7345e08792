using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Engine.Time;

namespace Weir.Connectors.Logs;

/// <summary>Finds the time at the beginning of a log line: ISO 8601 (with its zone, or local time) or syslog's <c>Nov 21 01:02:03</c> (local time, no year).</summary>
internal static partial class LogTimes
{
    /// <summary>Unix nanoseconds, or null when the line does not begin with a time.</summary>
    public static long? Detect(string line, TimeProvider time)
    {
        var iso = Iso().Match(line, 0, Math.Min(line.Length, 64));
        if (iso.Success) return FromIso(iso, time);
        var syslog = Syslog().Match(line, 0, Math.Min(line.Length, 32));
        return syslog.Success ? FromSyslog(syslog.Groups[1].Value, time) : null;
    }

    private static long? FromIso(Match match, TimeProvider time)
    {
        var text = $"{match.Groups["date"].Value}T{match.Groups["time"].Value}";
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return null;
        var zone = match.Groups["zone"].Value;
        if (zone.Length == 0) return FromLocal(local, time);
        return DateTimeOffset.TryParse(text + zone, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact) ? UnixTime.FromDateTime(exact) : null;
    }

    private static long? FromSyslog(string text, TimeProvider time)
    {
        var now = time.GetLocalNow();
        // The year is not written: the latest that does not lie ahead by more than a day.
        for (var year = now.Year + 1; year >= now.Year - 1; year--)
        {
            var isDate = DateTime.TryParseExact(
                $"{year} {text}", "yyyy MMM d HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out var local);
            if (isDate && local <= now.DateTime.AddDays(1)) return FromLocal(local, time);
        }
        return null;
    }

    private static long FromLocal(DateTime local, TimeProvider time) =>
        UnixTime.FromDateTime(new DateTimeOffset(local, time.LocalTimeZone.GetUtcOffset(local)));

    [GeneratedRegex(@"^\W{0,2}(?<date>\d{4}-\d\d-\d\d)[T ](?<time>\d\d:\d\d:\d\d(?:[.,]\d{1,7})?)\d*\s?(?<zone>Z|[+-]\d\d:?\d\d\b)?", RegexOptions.CultureInvariant)]
    private static partial Regex Iso();

    [GeneratedRegex(@"^(?:<\d{1,3}>)?((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Syslog();
}
