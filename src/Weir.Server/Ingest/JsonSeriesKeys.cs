using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Weir.Engine.Series;

namespace Weir.Server.Ingest;

/// <summary>
/// The keys of series as they were written in JSON, so that a series that is sent again costs a look-up of its bytes: no text, no label, no key is
/// made. Two ways to write one series are two entries with equal keys.
/// </summary>
internal sealed class JsonSeriesKeys
{
    /// <summary>Entries kept; one more empties the cache.</summary>
    public const int EntriesMax = 16_384;

    /// <summary>Bytes of JSON kept; more empties the cache.</summary>
    public const int BytesMax = 4 << 20;

    private readonly Dictionary<Written, SeriesKey> _keys = new(Comparer.Instance);
    private readonly Dictionary<Written, SeriesKey>.AlternateLookup<WrittenSpan> _lookup;
    private int _bytes;

    public JsonSeriesKeys() => _lookup = _keys.GetAlternateLookup<WrittenSpan>();

    public int Count => _keys.Count;

    /// <summary>The key of a series.</summary>
    /// <param name="name">The JSON text of the name, with its quotation marks.</param>
    /// <param name="labels">The JSON object of the labels; empty for none.</param>
    /// <exception cref="FormatException">The labels are no object of texts, numbers or booleans.</exception>
    /// <exception cref="ArgumentException">The name or a label breaks the rules of <see cref="SeriesKey"/>.</exception>
    public SeriesKey Resolve(ReadOnlySpan<byte> name, ReadOnlySpan<byte> labels)
    {
        if (_lookup.TryGetValue(new(name, labels), out var known)) return known;
        var key = Read(name, labels);
        var bytes = name.Length + labels.Length;
        if (bytes > BytesMax / 16) return key;
        if (_keys.Count == EntriesMax || _bytes + bytes > BytesMax) Clear();
        _keys.Add(new(name.ToArray(), labels.ToArray()), key);
        _bytes += bytes;
        return key;
    }

    private void Clear()
    {
        _keys.Clear();
        _bytes = 0;
    }

    private static SeriesKey Read(ReadOnlySpan<byte> name, ReadOnlySpan<byte> labels)
    {
        var reader = new Utf8JsonReader(name);
        reader.Read();
        var text = Text(ref reader);
        if (labels.IsEmpty) return new SeriesKey(text);
        var list = new List<Label>();
        reader = new Utf8JsonReader(labels);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw LabelsAreNoObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var label = Text(ref reader);
            reader.Read();
            var value = reader.TokenType switch
            {
                JsonTokenType.String => Text(ref reader),
                JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
                JsonTokenType.True => "true",
                JsonTokenType.False => "false",
                // A label without a value is no label.
                JsonTokenType.Null => "",
                _ => throw new FormatException($"label \"{label}\" is a list or an object; a label's value is text, a number or true or false"),
            };
            if (value.Length > 0) list.Add(new Label(label, value));
        }
        return new SeriesKey(text, list.ToArray());
    }

    private static FormatException LabelsAreNoObject() => new("\"labels\" is an object such as {\"core\":\"0\"}");

    /// <exception cref="FormatException">The text holds half a surrogate pair.</exception>
    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("a name or label holds text that is not Unicode", e);
        }
    }

    private readonly record struct Written(byte[] Name, byte[] Labels);

    private readonly ref struct WrittenSpan(ReadOnlySpan<byte> name, ReadOnlySpan<byte> labels)
    {
        public ReadOnlySpan<byte> Name { get; } = name;

        public ReadOnlySpan<byte> Labels { get; } = labels;
    }

    private sealed class Comparer : IEqualityComparer<Written>, IAlternateEqualityComparer<WrittenSpan, Written>
    {
        public static readonly Comparer Instance = new();

        public bool Equals(Written x, Written y) => Equals(new WrittenSpan(x.Name, x.Labels), y);

        public int GetHashCode([DisallowNull] Written written) => GetHashCode(new WrittenSpan(written.Name, written.Labels));

        public bool Equals(WrittenSpan alternate, Written other) =>
            alternate.Name.SequenceEqual(other.Name) && alternate.Labels.SequenceEqual(other.Labels);

        public int GetHashCode(WrittenSpan alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate.Name);
            hash.AddBytes(alternate.Labels);
            return hash.ToHashCode();
        }

        public Written Create(WrittenSpan alternate) => new(alternate.Name.ToArray(), alternate.Labels.ToArray());
    }
}
