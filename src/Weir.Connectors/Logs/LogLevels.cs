using System.Text.RegularExpressions;
using Weir.Engine.Tables;

namespace Weir.Connectors.Logs;

/// <summary>
/// Finds how much a log line matters: a field <c>level</c>, <c>lvl</c> or <c>severity</c> of JSON or logfmt (words, or the numbers of Bunyan and
/// Pino), a syslog priority (<c>&lt;11&gt;</c>, RFC 5424), or a word near its beginning: in capitals, in brackets, or before a colon.
/// </summary>
public static partial class LogLevels
{
    // A level stands before the text; a word in the text is about something else.
    private const int PrefixLength = 120;

    /// <summary>The level of a line; information when it shows none.</summary>
    public static LogSeverity Detect(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (FromPriority(line) is { } byPriority) return byPriority;
        var field = Field().Match(line, 0, Math.Min(line.Length, 4096));
        if (field.Success && FromWord(field.Groups[1].ValueSpan) is { } byField) return byField;
        foreach (var match in Word().EnumerateMatches(line.AsSpan(0, Math.Min(line.Length, PrefixLength))))
        {
            var word = line.AsSpan(match.Index, match.Length).Trim("[]()<>:| ");
            if (FromWord(word) is { } byWord) return byWord;
        }
        // Compilers put a path of any length before it.
        var code = Diagnostic().Match(line, 0, Math.Min(line.Length, 1024));
        return code.Success ? FromWord(code.Groups[1].ValueSpan) ?? LogSeverity.Information : LogSeverity.Information;
    }

    /// <summary>The level that a word or number stands for, or null.</summary>
    internal static LogSeverity? FromWord(ReadOnlySpan<char> word)
    {
        Span<char> lower = stackalloc char[12];
        if (word.Length > lower.Length || word.ToLowerInvariant(lower) < 0) return null;
        return lower[..word.Length] switch
        {
            "trace" or "trc" or "verbose" or "10" => LogSeverity.Trace,
            "debug" or "dbg" or "dbug" or "20" => LogSeverity.Debug,
            "info" or "inf" or "information" or "notice" or "30" => LogSeverity.Information,
            "warn" or "warning" or "wrn" or "40" => LogSeverity.Warning,
            "error" or "err" or "fail" or "failed" or "severe" or "50" => LogSeverity.Error,
            "critical" or "crit" or "fatal" or "emerg" or "emergency" or "alert" or "panic" or "60" => LogSeverity.Critical,
            _ => null,
        };
    }

    private static LogSeverity? FromPriority(string line)
    {
        if (line.Length < 3 || line[0] != '<') return null;
        var end = line.IndexOf('>', 1, Math.Min(line.Length - 1, 4));
        if (end < 2 || !int.TryParse(line.AsSpan(1, end - 1), out var priority) || priority is < 0 or > 191) return null;
        return (priority & 7) switch
        {
            <= 2 => LogSeverity.Critical,
            3 => LogSeverity.Error,
            4 => LogSeverity.Warning,
            7 => LogSeverity.Debug,
            _ => LogSeverity.Information,
        };
    }

    [GeneratedRegex("""(?i)(?:^|[\s{,"])(?:level|lvl|severity)"?\s*[=:]\s*"?([a-z]+|[1-6]0)\b""", RegexOptions.CultureInvariant)]
    private static partial Regex Field();

    // As compilers write: "error CS0117:", "warning TS6133:", "error[E0308]:", "error MSB4018:", "fatal error:".
    [GeneratedRegex(@"\b(?:fatal )?(error|warning)(?: [A-Z]{1,10}\d{2,6}\b|\[[A-Za-z]\w*\]:|:)", RegexOptions.CultureInvariant)]
    private static partial Regex Diagnostic();

    [GeneratedRegex("""\b(?:TRACE|TRC|DEBUG|DBG|INFO|INF|NOTICE|WARN|WARNING|WRN|ERROR|ERR|FAIL|FAILED|SEVERE|CRITICAL|CRIT|FATAL|EMERG|ALERT|PANIC)\b|[\[(<|]\s*[A-Za-z]{3,11}\s*[\])>|]|(?:^|\s)(?:trace|trce|debug|dbug|info|notice|warn|warning|error|fail|critical|crit|fatal|panic):""", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
