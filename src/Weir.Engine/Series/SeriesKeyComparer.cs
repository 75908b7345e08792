using System.Diagnostics.CodeAnalysis;

namespace Weir.Engine.Series;

/// <summary>A name and labels in any order, with which to look for a key without making it.</summary>
internal readonly ref struct SeriesKeyParts(string name, ReadOnlySpan<Label> labels)
{
    public string Name { get; } = name;

    public ReadOnlySpan<Label> Labels { get; } = labels;
}

/// <summary>Lets a dictionary of keys be asked with the parts of a key.</summary>
internal sealed class SeriesKeyComparer : IEqualityComparer<SeriesKey>, IAlternateEqualityComparer<SeriesKeyParts, SeriesKey>
{
    public static readonly SeriesKeyComparer Instance = new();

    public bool Equals(SeriesKey? x, SeriesKey? y) => x is null ? y is null : x.Equals(y);

    public int GetHashCode([DisallowNull] SeriesKey obj) => obj.GetHashCode();

    public bool Equals(SeriesKeyParts alternate, SeriesKey other) => other.Is(alternate.Name, alternate.Labels);

    public int GetHashCode(SeriesKeyParts alternate) => SeriesKey.HashOf(alternate.Name, alternate.Labels);

    public SeriesKey Create(SeriesKeyParts alternate) => new(alternate.Name, alternate.Labels);
}
