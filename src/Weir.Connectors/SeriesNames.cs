using System.Security.Cryptography;
using System.Text;
using Weir.Engine.Series;

namespace Weir.Connectors;

/// <summary>Makes names that come from outside (columns, JSON fields, instruments) fit for series and labels.</summary>
internal static class SeriesNames
{
    private const int InstrumentLengthMax = 240;

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

    /// <summary>
    /// The same for an instrument, with room for what is put behind it (<c>.count</c>, <c>:rate:5s/1s</c>). A name too long for that is cut and ends in a hash of the whole,
    /// so that two long names that begin alike stay two.
    /// </summary>
    public static string CleanInstrument(string name)
    {
        if (name.Length <= InstrumentLengthMax) return Clean(name);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 8));
        return $"{Clean(name[..(InstrumentLengthMax - hash.Length - 1)])}-{hash}";
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
