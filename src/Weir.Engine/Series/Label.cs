namespace Weir.Engine.Series;

/// <summary>One label of a series, such as <c>core="3"</c>.</summary>
public readonly record struct Label(string Name, string Value) : IComparable<Label>
{
    /// <summary>Lets a label be written as <c>("core", "3")</c>.</summary>
    public static implicit operator Label((string Name, string Value) label) => new(label.Name, label.Value);

    /// <summary>A label without a value says as much as no label, and series leave it out.</summary>
    internal bool IsEmpty => Value is { Length: 0 };

    public int CompareTo(Label other)
    {
        var byName = string.CompareOrdinal(Name, other.Name);
        return byName != 0 ? byName : string.CompareOrdinal(Value, other.Value);
    }

    public static bool operator <(Label left, Label right) => left.CompareTo(right) < 0;

    public static bool operator >(Label left, Label right) => left.CompareTo(right) > 0;

    public static bool operator <=(Label left, Label right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Label left, Label right) => left.CompareTo(right) >= 0;
}
