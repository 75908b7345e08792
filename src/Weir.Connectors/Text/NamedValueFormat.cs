using Weir.Engine.Time;
using System.Text.RegularExpressions;
using Weir.Engine.Series;

namespace Weir.Connectors.Text;

/// <summary>
/// A name and a number a line, with labels in braces and a time perhaps: the exposition text of Prometheus and the lines of Graphite.
/// </summary>
internal sealed partial class NamedValueFormat : LineFormat
{
    public override string Description => "names and values";

    public override LineResult Read(string line, LineValues into)
    {
        if (line.StartsWith("# HELP ", StringComparison.Ordinal) || line.StartsWith("# TYPE ", StringComparison.Ordinal) || line == "# EOF") return LineResult.Structure;
        var match = Line().Match(line);
        if (!match.Success || !Quantity.TryParse(match.Groups["value"].ValueSpan, out var quantity)) return LineResult.NotUnderstood;
        foreach (Match label in Label().Matches(match.Groups["labels"].Value))
        {
            if (into.Labels.Count < SeriesKey.LabelsMax) into.Labels.Add(new Label(label.Groups[1].Value, label.Groups[2].Value.Replace("\\n", " ").Replace("\\\"", "\"").Replace("\\\\", "\\")));
        }
        if (match.Groups["time"].Success && EventTime.TryParse(match.Groups["time"].ValueSpan, into.Zone, out var time)) into.Time = time;
        into.Add(match.Groups["name"].Value, quantity);
        return LineResult.Values;
    }

    [GeneratedRegex(
        """^\s*(?<name>[A-Za-z_:][\w:.\-/]*(?<!:))(?:\{(?<labels>[^}]*)\})?\s+"""
        + """(?<value>[+-]?(?:[\d.]+(?:[eE][+-]?\d+)?|Inf|NaN))(?:\s+(?<time>\d{9,19}))?\s*$""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex("([A-Za-z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Label();
}
