using Weir.Engine.Series;

namespace Weir.Engine.Queries;

/// <summary>The labels of a series in a query, sorted by name; the series' own name is the label <c>__name__</c> and may be gone.</summary>
public sealed class QueryLabels : IEquatable<QueryLabels>
{
    public static readonly QueryLabels None = new([]);

    /// <summary>By the first label that differs, as Prometheus sorts results.</summary>
    public static IComparer<QueryLabels> Order { get; } = Comparer<QueryLabels>.Create(static (a, b) => a.All.SequenceCompareTo(b.All));

    private readonly Label[] _labels;
    private readonly int _hash;
    private QueryLabels? _withoutName;

    private QueryLabels(Label[] sorted)
    {
        _labels = sorted;
        var hash = new HashCode();
        foreach (var label in sorted)
        {
            hash.Add(label.Name);
            hash.Add(label.Value);
        }
        _hash = hash.ToHashCode();
    }

    public ReadOnlySpan<Label> All => _labels;

    /// <summary>The value of a label; empty where there is none, which is the same to a query.</summary>
    public string this[string name]
    {
        get
        {
            foreach (var label in _labels)
            {
                if (label.Name == name) return label.Value;
            }
            return "";
        }
    }

    /// <summary>Sorted; labels with an empty value are no labels.</summary>
    public static QueryLabels Of(IEnumerable<Label> labels)
    {
        var kept = labels.Where(label => label.Value.Length > 0).ToArray();
        Array.Sort(kept);
        return kept.Length == 0 ? None : new(kept);
    }

    public static QueryLabels Of(SeriesKey key) => Of([.. key.Labels, new Label(LabelMatcher.Name, key.Name)]);

    /// <summary>Made once: most functions ask for it, at each refresh of a live query.</summary>
    public QueryLabels WithoutName() => _withoutName ??= Without([LabelMatcher.Name]);

    public QueryLabels Without(ReadOnlySpan<string> names)
    {
        var kept = new List<Label>(_labels.Length);
        foreach (var label in _labels)
        {
            if (!names.Contains(label.Name)) kept.Add(label);
        }
        return kept.Count == _labels.Length ? this : new([.. kept]);
    }

    public QueryLabels Only(ReadOnlySpan<string> names)
    {
        var kept = new List<Label>(names.Length);
        foreach (var label in _labels)
        {
            if (names.Contains(label.Name)) kept.Add(label);
        }
        return kept.Count == _labels.Length ? this : new([.. kept]);
    }

    /// <summary>With one label set; an empty value takes it away.</summary>
    public QueryLabels With(string name, string value) => Of([.. Without([name])._labels, new Label(name, value)]);

    public bool Equals(QueryLabels? other) => ReferenceEquals(this, other) || (other is not null && _hash == other._hash && All.SequenceEqual(other.All));

    public override bool Equals(object? obj) => Equals(obj as QueryLabels);

    public override int GetHashCode() => _hash;

    /// <summary>As queries write them: <c>up{job="api"}</c>.</summary>
    public override string ToString()
    {
        var labels = _labels.Where(label => label.Name != LabelMatcher.Name).Select(label => $"{label.Name}=\"{label.Value.Replace("\\", @"\\").Replace("\"", "\\\"")}\"");
        return $"{this[LabelMatcher.Name]}{{{string.Join(",", labels)}}}";
    }
}
