using System.Text;

namespace Weir.Engine.Series;

/// <summary>
/// What a series is called: a name and its labels, sorted by name. Two keys with the same name and labels are equal,
/// in whatever order the labels were given.
/// </summary>
public sealed class SeriesKey : IEquatable<SeriesKey>
{
    public const int NameLengthMax = 256;
    public const int LabelsMax = 32;
    public const int LabelValueLengthMax = 1024;

    /// <summary>Characters that mean something in a selector and stand in no name.</summary>
    public const string NameLacks = "\"{}*?=,";

    /// <summary>What queries call the name of a series, where labels are asked for; no label is called so.</summary>
    public const string NameLabel = "__name__";

    private readonly Label[] _labels;
    private readonly int _hash;
    private string? _text;

    public string Name { get; }

    public ReadOnlySpan<Label> Labels => _labels;

    /// <param name="name">1 to 256 characters, none of <see cref="NameLacks"/>, none a control character; dots are kept, as OpenTelemetry writes them.</param>
    /// <param name="labels">At most 32, each name once and none <see cref="NameLabel"/>; a value has at most 1,024 characters. A label with an empty value is left out.</param>
    /// <exception cref="ArgumentException">A name or label breaks these rules; the message says which.</exception>
    public SeriesKey(string name, params ReadOnlySpan<Label> labels)
    {
        ArgumentNullException.ThrowIfNull(name);
        RequireName(name, "series name", nameof(name));
        if (labels.Length > LabelsMax) throw new ArgumentException($"Series '{name}' has {labels.Length} labels; at most {LabelsMax} are allowed.", nameof(labels));
        Name = name;
        foreach (ref readonly var label in labels) RequireName(label.Name, "label name", nameof(labels));
        _labels = Array.FindAll(labels.ToArray(), label => !label.IsEmpty);
        Array.Sort(_labels);
        for (var i = 0; i < _labels.Length; i++)
        {
            var label = _labels[i];
            if (label.Value is null || label.Value.Length > LabelValueLengthMax)
            {
                throw new ArgumentException($"Label '{label.Name}' of series '{name}' needs a value of at most {LabelValueLengthMax} characters.", nameof(labels));
            }
            if (label.Name == NameLabel) throw new ArgumentException($"Label '{NameLabel}' is what queries call the series' own name; '{name}' has one.", nameof(labels));
            if (i > 0 && _labels[i - 1].Name == label.Name) throw new ArgumentException($"Series '{name}' has label '{label.Name}' twice.", nameof(labels));
        }
        _hash = HashOf(name, _labels);
    }

    /// <summary>The hash of the key that this name and these labels would make, in whatever order they are.</summary>
    internal static int HashOf(string name, ReadOnlySpan<Label> labels)
    {
        var sum = 0;
        foreach (ref readonly var label in labels)
        {
            if (!label.IsEmpty) sum += HashCode.Combine(label.Name, label.Value);
        }
        return HashCode.Combine(name, sum);
    }

    /// <summary>Whether this name and these labels, in whatever order they are, would make this key.</summary>
    internal bool Is(string name, ReadOnlySpan<Label> labels)
    {
        if (name != Name || CountOf(labels) != _labels.Length) return false;
        // As many on both sides, and the names of this side all differ: when each label here has a partner there, none is left over.
        foreach (ref readonly var label in _labels.AsSpan())
        {
            if (!labels.Contains(label)) return false;
        }
        return true;
    }

    private static int CountOf(ReadOnlySpan<Label> labels)
    {
        var count = 0;
        foreach (ref readonly var label in labels) count += label.IsEmpty ? 0 : 1;
        return count;
    }

    /// <summary>The value of a label, or null where the series has none of that name.</summary>
    public string? LabelValue(string name)
    {
        foreach (var label in _labels)
        {
            if (label.Name == name) return label.Value;
        }
        return null;
    }

    public bool Equals(SeriesKey? other) =>
        other is not null && _hash == other._hash && Name == other.Name && Labels.SequenceEqual(other.Labels);

    public override bool Equals(object? obj) => Equals(obj as SeriesKey);

    public override int GetHashCode() => _hash;

    /// <summary>The key as selectors write it: <c>system.cpu.core{core="3"}</c>.</summary>
    public override string ToString() => _text ??= Format();

    private string Format()
    {
        if (_labels.Length == 0) return Name;
        var text = new StringBuilder(Name).Append('{');
        for (var i = 0; i < _labels.Length; i++)
        {
            if (i > 0) text.Append(',');
            text.Append(_labels[i].Name).Append("=\"").Append(_labels[i].Value.Replace("\\", @"\\").Replace("\"", "\\\"")).Append('"');
        }
        return text.Append('}').ToString();
    }

    private static void RequireName(string name, string what, string parameter)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > NameLengthMax)
        {
            throw new ArgumentException($"A {what} has 1 to {NameLengthMax} characters; given was '{name}'.", parameter);
        }
        foreach (var c in name)
        {
            if (char.IsControl(c) || NameLacks.Contains(c))
            {
                throw new ArgumentException($"The {what} '{name}' contains '{c}'; control characters and {string.Join(' ', NameLacks.ToCharArray())} are not allowed.", parameter);
            }
        }
    }
}
