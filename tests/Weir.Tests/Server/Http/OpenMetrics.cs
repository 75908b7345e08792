using System.Globalization;
using System.Text.RegularExpressions;

namespace Weir.Tests.Server.Http;

/// <summary>Checks a text against the OpenMetrics 1.0 syntax, as far as gauges, counters and histograms go.</summary>
internal static partial class OpenMetrics
{
    /// <summary>Names of the families; fails with the first line that is wrong.</summary>
    public static List<string> Check(string text)
    {
        var families = new List<string>();
        var (type, samples) = ("", new HashSet<string>());
        Assert.EndsWith("\n# EOF\n", text, StringComparison.Ordinal);
        foreach (var line in text.Split('\n')[..^2])
        {
            if (TypeLine().Match(line) is { Success: true } begun)
            {
                Assert.DoesNotContain(begun.Groups[1].Value, families);
                families.Add(begun.Groups[1].Value);
                type = begun.Groups[2].Value;
                continue;
            }
            if (line.StartsWith($"# HELP {families[^1]} ", StringComparison.Ordinal)) continue;
            var sample = SampleLine().Match(line);
            Assert.True(sample.Success, $"Not a sample: {line}");
            string[] suffixes = type switch { "counter" => ["_total"], "histogram" => ["_bucket", "_count", "_sum"], _ => [""] };
            Assert.True(suffixes.Any(suffix => sample.Groups[1].Value == families[^1] + suffix), $"Not a sample of the {type} {families[^1]}: {line}");
            Assert.True(samples.Add(sample.Groups[1].Value + sample.Groups[2].Value), $"Twice: {line}");
            Assert.True(double.Parse(sample.Groups[3].Value, CultureInfo.InvariantCulture) >= 0, line);
        }
        return families;
    }

    [GeneratedRegex("^# TYPE ([a-z_]+) (gauge|counter|histogram)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex("^([a-z_]+)(\\{[a-z]+=\"[^\"]+\"\\})? ([0-9.E+-]+)$")]
    private static partial Regex SampleLine();
}
