using Weir.Visuals.Widgets;

namespace Weir.Options;

/// <summary>Brings the short form (warning, critical) and the list into one ascending list.</summary>
internal static class ThresholdOptions
{
    public static IReadOnlyList<Threshold>? Merge(IReadOnlyList<Threshold>? thresholds, double? warning, double? critical)
    {
        var merged = new List<Threshold>(thresholds ?? []);
        if (warning is { } w) merged.Add(Threshold.Warning(w));
        if (critical is { } c) merged.Add(Threshold.Critical(c));
        return merged.Count == 0 ? null : [.. merged.OrderBy(threshold => threshold.Value)];
    }
}
