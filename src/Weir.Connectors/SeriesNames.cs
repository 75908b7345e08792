using Weir.Engine.Series;

namespace Weir.Connectors;

/// <summary>Makes names that come from outside (columns, JSON fields, instruments) fit for series and labels.</summary>
internal static class SeriesNames
{
    /// <summary>The name with each character that series may not have replaced by <c>_</c>, cut to the length they may have; <c>value</c> for an empty one.</summary>
    public static string Clean(string name)
    {
        var trimmed = name.AsSpan().Trim();
        if (trimmed.Length == 0) return "value";
        if (trimmed.Length > SeriesKey.NameLengthMax) trimmed = trimmed[..SeriesKey.NameLengthMax];
        if (trimmed.Length == name.Length && !HasForbidden(trimmed)) return name;
        return string.Create(trimmed.Length, trimmed, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = IsForbidden(source[i]) ? '_' : source[i];
        });
    }

    /// <summary>The same for a label, which may not be called what queries call the series' own name.</summary>
    public static string CleanLabel(string name) => Clean(name) is var clean && clean == SeriesKey.NameLabel ? "name" : clean;

    /// <summary>A label value cut to the length it may have.</summary>
    public static string CleanValue(string value) => value.Length <= SeriesKey.LabelValueLengthMax ? value : value[..SeriesKey.LabelValueLengthMax];

    private static bool HasForbidden(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (IsForbidden(c)) return true;
        }
        return false;
    }

    private static bool IsForbidden(char c) => char.IsControl(c) || SeriesKey.NameLacks.Contains(c);
}
