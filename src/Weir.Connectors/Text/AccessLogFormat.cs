using System.Text.RegularExpressions;
using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Connectors.Text;

/// <summary>
/// Access logs of web servers in the common and the combined format of Apache and nginx: the bytes of each answer, with method and status as labels.
/// Numbers and pairs that the format was extended by follow: the first bare one is the time of the request, the second that of the server behind.
/// </summary>
internal sealed partial class AccessLogFormat : LineFormat
{
    public override string Description => "access log";

    public override bool IsRecord => true;

    public override LineResult Read(string line, LineValues into)
    {
        var match = Line().Match(line);
        if (!match.Success || !EventTime.TryParseDate(match.Groups["time"].ValueSpan, into.Zone, out var time)) return LineResult.NotUnderstood;
        into.Time = time;
        if (match.Groups["method"].Success) into.Labels.Add(new Label("method", match.Groups["method"].Value));
        into.Labels.Add(new Label("status", match.Groups["status"].Value));
        if (Quantity.TryParse(match.Groups["bytes"].ValueSpan, out var bytes)) into.Add("bytes", new Quantity(bytes.Value, "bytes"));
        // An answer without a body sent none.
        else into.Add("bytes", new Quantity(0, "bytes"));
        ReadRest(match.Groups["rest"].ValueSpan, into);
        return LineResult.Values;
    }

    private static void ReadRest(ReadOnlySpan<char> rest, LineValues into)
    {
        var bare = 0;
        foreach (var part in Part().EnumerateMatches(rest))
        {
            var text = rest.Slice(part.Index, part.Length);
            var equals = text.IndexOf('=');
            if (text[0] == '"') continue;
            if (equals > 0)
            {
                if (Quantity.TryParse(text[(equals + 1)..].Trim('"'), out var named)) into.Add(text[..equals].ToString(), Seconds(text[..equals], text, named));
            }
            else if (Quantity.TryParse(text, out var quantity))
            {
                bare++;
                var name = bare switch { 1 => "request_time", 2 => "upstream_time", _ => null };
                if (name is not null) into.Add(name, Seconds("time", text, quantity));
            }
        }
    }

    /// <summary>nginx writes times as seconds with three decimals. Apache's whole numbers may be seconds or microseconds, so they stay bare.</summary>
    private static Quantity Seconds(ReadOnlySpan<char> name, ReadOnlySpan<char> text, Quantity quantity) =>
        quantity.Unit is null && text.Contains('.') && (name.EndsWith("t") || name.Contains("time", StringComparison.Ordinal))
            ? new Quantity(quantity.Value, "s")
            : quantity;

    [GeneratedRegex(
        """^\S+ [^\["]*\[(?<time>\d{1,2}/[A-Z][a-z]{2}/\d{4}:[^\]]{8,20})\] "(?:(?<method>[A-Z]{3,10}) )?(?:[^"\\]|\\.)*" """
        + """(?<status>[1-9]\d\d) (?<bytes>\d+|-)(?<rest> .*)?$""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex("""[\w.\-]+=(?:"[^"]*"|[^\s"]+)|"(?:[^"\\]|\\.)*"|[^\s"]+""", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
