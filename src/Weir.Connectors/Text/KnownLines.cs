using System.Text.RegularExpressions;

namespace Weir.Connectors.Text;

/// <summary>
/// Lines of programs that print values in sentences: ping (a lost answer is a gap), iperf3, dd, curl, wrk. Each is a regular expression with named groups.
/// </summary>
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
        if (Curl().Match(line) is { Success: true } curl) return TakeCurl(curl, into);
        if (CurlHead().IsMatch(line)) return LineResult.Structure;
        if (WrkStatistics().Match(line) is { Success: true } wrk)
        {
            var name = wrk.Groups["name"].Value == "Latency" ? "latency" : "thread_requests";
            return Take("wrk", wrk, into, ("average", name + ".average"), ("deviation", name + ".deviation"), ("max", name + ".max"));
        }
        if (WrkRate().Match(line) is { Success: true } rate)
        {
            return Take("wrk", rate, into, ("requests", "requests_per_second"), ("transfer", "transfer_per_second"));
        }
        if (WrkTotal().Match(line) is { Success: true } total)
        {
            return Take("wrk", total, into, ("requests", "requests"), ("time", "duration"), ("read", "read"));
        }
        if (WrkPercentile().Match(line) is { Success: true } percentile)
        {
            into.Labels.Add(new("percentile", percentile.Groups["percentile"].Value));
            return Take("wrk", percentile, into, ("latency", "latency.percentile"));
        }
        return LineResult.NotUnderstood;
    }

    /// <summary>curl's sizes are powers of 1024; of its columns the ones that move are read.</summary>
    private LineResult TakeCurl(Match curl, LineValues into)
    {
        _kind = "curl";
        if (Quantity.TryParse(curl.Groups["done"].ValueSpan, out var done)) into.Add("done", new Quantity(done.Value, "%"));
        AddSize("received", "bytes");
        AddSize("sent", "bytes");
        AddSize("speed", "bytes/s");
        return LineResult.Values;

        void AddSize(string name, string unit)
        {
            var text = curl.Groups[name].ValueSpan;
            var power = "kMGTP".IndexOf(text[^1], StringComparison.Ordinal);
            if (Quantity.TryParse(power < 0 ? text : text[..^1], out var size)) into.Add(name, new Quantity(size.Value * Math.Pow(1024, power + 1), unit));
        }
    }

    private LineResult Take(string kind, Match match, LineValues into, params ReadOnlySpan<(string Group, string Name)> fields)
    {
        _kind = kind;
        foreach (var (group, name) in fields)
        {
            if (!match.Groups[group].Success || !Quantity.TryParse(match.Groups[group].ValueSpan, out var quantity, into.Numbers)) continue;
            var unit = group switch { "bytes" => "bytes", "transfer" when kind == "wrk" => "bytes/s", _ => quantity.Unit };
            into.Add(name, quantity with { Unit = unit });
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

    [GeneratedRegex(
        @"^\s*(?<done>\d+)\s+[\d.]+[kMGTP]?\s+\d+\s+(?<received>[\d.]+[kMGTP]?)\s+\d+\s+(?<sent>[\d.]+[kMGTP]?)\s+[\d.]+[kMGTP]?\s+"
        + @"[\d.]+[kMGTP]?(?:\s+[\d:\-dh]{7,8}){3}\s+(?<speed>[\d.]+[kMGTP]?)\s*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Curl();

    [GeneratedRegex(@"^\s*% Total\s+% Received % Xferd|^\s*Dload\s+Upload\s+Total", RegexOptions.CultureInvariant)]
    private static partial Regex CurlHead();

    [GeneratedRegex(
        @"^\s+(?<name>Latency|Req/Sec)\s+(?<average>[\d.]+\w*)\s+(?<deviation>[\d.]+\w*)\s+(?<max>[\d.]+\w*)\s+[\d.]+%\s*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex WrkStatistics();

    [GeneratedRegex(@"^Requests/sec:\s+(?<requests>[\d.]+)\s*$|^Transfer/sec:\s+(?<transfer>[\d.]+\w+)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex WrkRate();

    [GeneratedRegex(@"^\s+(?<requests>\d+) requests in (?<time>[\d.]+\w+), (?<read>[\d.]+\w+) read\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex WrkTotal();

    [GeneratedRegex(@"^\s+(?<percentile>\d+(?:\.\d+)?%)\s+(?<latency>[\d.]+(?:us|ms|s|m))\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex WrkPercentile();
}
