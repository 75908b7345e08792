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
        if (iso.Success) return EventTime.TryParseDate(iso.Groups[1].ValueSpan, time.LocalTimeZone, out var exact) ? exact : null;
        var syslog = Syslog().Match(line, 0, Math.Min(line.Length, 32));
        return syslog.Success && EventTime.TryParseRecent(syslog.Groups[1].ValueSpan, UnixTime.Now(time), time.LocalTimeZone, out var recent) ? recent : null;
    }

    [GeneratedRegex(@"^\W{0,2}(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:\s?(?:Z\b|[+-]\d\d:?\d\d\b))?)", RegexOptions.CultureInvariant)]
    private static partial Regex Iso();

    [GeneratedRegex(@"^(?:<\d{1,3}>)?((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Syslog();
}
