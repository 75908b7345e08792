using System.Globalization;
using System.Text.RegularExpressions;

namespace Weir.Tests.Server.Http;

/// <summary>Checks a text against the classic Prometheus format 0.0.4 or OpenMetrics 1.0, as far as gauges, counters and histograms go. Strict where readers are lenient.</summary>
internal static partial class MetricsFormat
{
    private sealed record Family(string Name, string Type, string? Unit, string Help, List<(string Suffix, string Labels, double Value)> Samples);

    /// <summary>Names of the families, without the ending of counters; fails with the first line that is wrong.</summary>
    public static List<string> Check(string text, bool isOpenMetrics)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var lines = text[..^1].Split('\n').ToList();
        Assert.Equal(isOpenMetrics ? [lines.Count - 1] : [], Enumerable.Range(0, lines.Count).Where(i => lines[i].StartsWith("# EOF", StringComparison.Ordinal)));
        if (isOpenMetrics) lines.RemoveAt(lines.Count - 1);
        var families = Read(lines);
        Assert.Equal(families.Count, families.Select(family => family.Name).Distinct().Count());
        foreach (var family in families) Check(family, isOpenMetrics);
        return [.. families.Select(family => family.Type == "counter" && !isOpenMetrics ? family.Name[..^"_total".Length] : family.Name)];
    }

    private static List<Family> Read(List<string> lines)
    {
        var families = new List<Family>();
        for (var i = 0; i < lines.Count;)
        {
            var type = TypeLine().Match(lines[i++]);
            Assert.True(type.Success, $"Not the beginning of a family: {lines[i - 1]}");
            var name = type.Groups[1].Value;
            string? unit = null;
            if (lines[i].StartsWith($"# UNIT {name} ", StringComparison.Ordinal)) unit = lines[i++][$"# UNIT {name} ".Length..];
            Assert.StartsWith($"# HELP {name} ", lines[i], StringComparison.Ordinal);
            var family = new Family(name, type.Groups[2].Value, unit, lines[i++][$"# HELP {name} ".Length..], []);
            while (i < lines.Count && lines[i][0] != '#')
            {
                var sample = SampleLine().Match(lines[i]);
                Assert.True(sample.Success, $"Not a sample: {lines[i]}");
                Assert.StartsWith(name, sample.Groups[1].Value, StringComparison.Ordinal);
                family.Samples.Add((sample.Groups[1].Value[name.Length..], sample.Groups[2].Value, double.Parse(sample.Groups[3].Value, CultureInfo.InvariantCulture)));
                i++;
            }
            families.Add(family);
        }
        return families;
    }

    private static void Check(Family family, bool isOpenMetrics)
    {
        Assert.True(family.Help.Length > 5 && !family.Help.Contains('\\'), $"Help of {family.Name}: {family.Help}");
        var unit = family.Name.EndsWith("_bytes", StringComparison.Ordinal) ? "bytes" : family.Name.EndsWith("_seconds", StringComparison.Ordinal) ? "seconds" : null;
        Assert.Equal(isOpenMetrics ? unit : null, family.Unit);
        Assert.NotEmpty(family.Samples);
        Assert.Equal(family.Samples.Count, family.Samples.Select(sample => sample.Suffix + sample.Labels).Distinct().Count());
        Assert.All(family.Samples, sample => Assert.True(sample.Value >= 0, $"{family.Name} is {sample.Value}"));
        if (family.Type == "histogram") CheckHistogram(family);
        else Assert.All(family.Samples, sample => Assert.Equal(family.Type == "counter" && isOpenMetrics ? "_total" : "", sample.Suffix));
        if (family.Type == "counter" && !isOpenMetrics) Assert.EndsWith("_total", family.Name, StringComparison.Ordinal);
        else Assert.DoesNotMatch("_(total|count|sum|bucket|created|info)$", family.Name);
    }

    private static void CheckHistogram(Family family)
    {
        var buckets = family.Samples.FindAll(sample => sample.Suffix == "_bucket");
        var bounds = buckets.ConvertAll(sample => Bound().Match(sample.Labels).Groups[1].Value);
        Assert.Equal("+Inf", bounds[^1]);
        Assert.All(bounds[..^1], bound => Assert.Matches(@"^\d+\.\d+$", bound));
        var numbers = bounds[..^1].ConvertAll(bound => double.Parse(bound, CultureInfo.InvariantCulture));
        Assert.Equal(numbers.Order(), numbers);
        Assert.Equal(buckets.Select(bucket => bucket.Value).Order(), buckets.Select(bucket => bucket.Value));
        Assert.Equal(buckets[^1].Value, Assert.Single(family.Samples, sample => sample.Suffix == "_count").Value);
        Assert.Single(family.Samples, sample => sample.Suffix == "_sum");
        Assert.Equal(buckets.Count + 2, family.Samples.Count);
    }

    [GeneratedRegex("^# TYPE ([a-z_]+) (gauge|counter|histogram)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex("^([a-z_]+)(\\{[a-z]+=\"[^\"\\\\]+\"\\})? ([0-9.E+-]+)$")]
    private static partial Regex SampleLine();

    [GeneratedRegex("^\\{le=\"([^\"]+)\"\\}$")]
    private static partial Regex Bound();
}
