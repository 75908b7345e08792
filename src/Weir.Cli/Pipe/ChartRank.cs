using Weir.Connectors.Text;

namespace Weir.Cli.Pipe;

/// <summary>
/// How much a series tells, so that the latency of a ping stands above its sequence numbers: it moves, has a unit, or is called like a measurement.
/// </summary>
internal static class ChartRank
{
    private static readonly string[] Telling =
        ["latency", "time", "duration", "elapsed", "cpu", "load", "mem", "rate", "speed", "throughput", "bitrate", "util", "temp", "error", "power", "rtt"];

    private static readonly string[] Dull = ["seq", "ttl", "pid", "id", "index", "idx", "line", "row", "step", "uptime", "n", "no", "total"];

    public static int Of(TextSeries series)
    {
        var name = series.Series.Key.Name;
        var rank = (series.Varies ? 3 : 0) + (series.Unit is null ? 0 : 2);
        if (Array.Exists(Telling, word => name.Contains(word, StringComparison.OrdinalIgnoreCase))) rank += 2;
        foreach (var word in name.AsSpan().SplitAny("._-/ "))
        {
            if (Array.Exists(Dull, dull => name.AsSpan(word).Equals(dull, StringComparison.OrdinalIgnoreCase))) return rank - 6;
        }
        return rank;
    }
}
