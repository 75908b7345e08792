using System.Text.RegularExpressions;

namespace Weir.Connectors.Text;

/// <summary>Lines of programs that print values in sentences: ping (a lost answer is a gap), iperf3, dd. Each is a regular expression with named groups.</summary>
internal sealed partial class KnownLines : LineFormat
{
    private string _kind = "";
    private bool _hasTime;

    public override string Description => _kind;

    public override LineResult Read(string line, LineValues into)
    {
        if (PingAnswer().Match(line) is { Success: true } answer)
        {
            _hasTime = true;
            return Take("ping", answer, into, ("time", "time"), ("ttl", "ttl"), ("seq", "icmp_seq"));
        }
        if (PingLoss().IsMatch(line))
        {
            _kind = "ping";
            if (_hasTime) into.AddGap("time");
            return _hasTime ? LineResult.Values : LineResult.NotUnderstood;
        }
        if (Iperf().Match(line) is { Success: true } iperf)
        {
            if (iperf.Groups["id"].Value == "SUM") into.Labels.Add(new("stream", "SUM"));
            return Take("iperf3", iperf, into, ("bitrate", "bitrate"), ("transfer", "transfer"), ("retr", "retransmits"), ("cwnd", "cwnd"));
        }
        if (Dd().Match(line) is { Success: true } dd) return Take("dd", dd, into, ("rate", "rate"), ("bytes", "copied"));
        return LineResult.NotUnderstood;
    }

    private LineResult Take(string kind, Match match, LineValues into, params ReadOnlySpan<(string Group, string Name)> fields)
    {
        _kind = kind;
        foreach (var (group, name) in fields)
        {
            if (!match.Groups[group].Success || !Quantity.TryParse(match.Groups[group].ValueSpan, out var quantity, into.Numbers)) continue;
            into.Add(name, group == "bytes" ? new Quantity(quantity.Value, "bytes") : quantity);
        }
        return LineResult.Values;
    }

    [GeneratedRegex(@"(?:icmp_seq[= ](?<seq>\d+).*?)?\bttl=(?<ttl>\d+) time[=<](?<time>[\d.,]+ ?(?:ms|us|s))|time[=<](?<time>[\d.,]+ ?ms) TTL=(?<ttl>\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex PingAnswer();

    [GeneratedRegex(@"^no answer yet|^Request timed? ?out|(?:[Dd]estination|[Hh]ost|[Nn]et|[Pp]ort).* [Uu]nreachable|^General failure|[Tt]ime to live exceeded|100% packet loss", RegexOptions.CultureInvariant)]
    private static partial Regex PingLoss();

    [GeneratedRegex(@"^\[\s*(?<id>\d+|SUM)\]\s+[\d.]+-\s*[\d.]+\s+sec\s+(?<transfer>[\d.]+ \w*Bytes)\s+(?<bitrate>[\d.]+ \w*bits/sec)(?:\s+(?<retr>\d+))?(?:\s+(?<cwnd>[\d.]+ \w*Bytes))?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Iperf();

    [GeneratedRegex(@"^(?<bytes>\d+) \w+ (?:\([^)]*\) )?\w+, [\d.,]+ \w+, (?<rate>[\d.,]+ \w+/s)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Dd();
}
