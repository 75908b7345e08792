namespace Weir.Connectors.Text;

/// <summary>What is known of a text field.</summary>
internal enum LabelEvidence
{
    Undecided,
    Label,
    NoLabel,
}

/// <summary>
/// Decides which texts beside numbers become labels. Those that were chosen by name do, always. When none were chosen: a short text whose values
/// repeat (a host, a device) and is no identifier. A field of which many values came and none came twice is none; until either is known it is
/// undecided. A label that turns out to have too many values, or values that come twice and never again, stops being one: see <see cref="Dropped"/>.
/// </summary>
/// <param name="chosen">Fields that are labels; null to decide by what they hold.</param>
/// <param name="all">Every text is a label: where a person named each field anyway, as in a regular expression.</param>
internal sealed class LabelRule(IReadOnlyCollection<string>? chosen, bool all = false)
{
    /// <summary>A field with more values than this is no label, unless it was chosen.</summary>
    public const int ValuesMax = 20;

    private const int ValueLengthMax = 64;

    // So many values that each came about twice are numbers of things (begin and end of a request).
    private const int PairedValues = 8;

    private static readonly HashSet<string> NeverByItself = new(StringComparer.OrdinalIgnoreCase)
    {
        "msg", "message", "error", "err", "exception", "stack", "level", "lvl", "severity", "caller", "id", "uuid", "trace", "traceid", "trace_id",
        "span", "spanid", "span_id", "requestid", "request_id", "time", "ts", "timestamp", "date", "command", "url", "uri",
        "note", "comment", "text", "description", "reason", "title",
    };

    // Fields that are called what labels are called everywhere need no proof at first.
    private static readonly HashSet<string> Usual = new(StringComparer.OrdinalIgnoreCase)
    {
        "__name__", "host", "hostname", "device", "instance", "region", "zone", "node", "pod", "namespace", "container", "service", "job", "method", "cpu", "core", "interface",
    };

    private readonly HashSet<string>? _chosen = chosen is null ? null : new(chosen, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Field> _fields = [];

    /// <summary>Fields that were labels and are none any more, for the reader to take.</summary>
    public Queue<string> Dropped { get; } = new();

    /// <summary>Whether this field was named as a label, so that its numbers are labels too.</summary>
    public bool IsChosen(string name) => _chosen is not null && _chosen.Contains(name);

    /// <summary>Takes note of a value, and tells what is known of its field by now.</summary>
    public LabelEvidence See(string name, string value)
    {
        if (all) return value.Length > 0 ? LabelEvidence.Label : LabelEvidence.NoLabel;
        if (_chosen is not null) return _chosen.Contains(name) ? LabelEvidence.Label : LabelEvidence.NoLabel;
        if (value.Length is 0 or > ValueLengthMax) return LabelEvidence.NoLabel;
        if (!_fields.TryGetValue(name, out var field))
        {
            // Fields without end would fill memory; a line has few.
            if (_fields.Count >= LineValues.ValuesMax) return LabelEvidence.NoLabel;
            var first = NeverByItself.Contains(name) ? LabelEvidence.NoLabel : Usual.Contains(name) ? LabelEvidence.Label : LabelEvidence.Undecided;
            _fields[name] = field = new Field(first);
        }
        if (field.Evidence != LabelEvidence.NoLabel) Judge(name, field, value);
        return field.Evidence;
    }

    /// <summary>What is known of a field, without taking note of the value.</summary>
    public LabelEvidence Of(string name, string value)
    {
        if (all || _chosen is not null || value.Length is 0 or > ValueLengthMax) return See(name, value);
        return _fields.TryGetValue(name, out var field) ? field.Evidence : LabelEvidence.NoLabel;
    }

    private void Judge(string name, Field field, string value)
    {
        field.Count++;
        var isNew = field.Values.Add(value);
        if (!isNew && field.Evidence == LabelEvidence.Undecided) field.Evidence = LabelEvidence.Label;
        if (!isNew) return;
        // An address with a port is the usual value of an instance.
        var isPaired = field.Evidence == LabelEvidence.Label && field.Values.Count > PairedValues && field.Count <= field.Values.Count * 2 + 1;
        var isIdentifier = !Usual.Contains(name) && (isPaired || Identifier.IsOne(value));
        if (field.Values.Count <= ValuesMax && !isIdentifier) return;
        if (field.Evidence == LabelEvidence.Label) Dropped.Enqueue(name);
        field.Evidence = LabelEvidence.NoLabel;
        field.Values.Clear();
    }

    private sealed class Field(LabelEvidence first)
    {
        public HashSet<string> Values { get; } = new(StringComparer.Ordinal);

        /// <summary>Values seen, repeated ones as well.</summary>
        public int Count { get; set; }

        public LabelEvidence Evidence { get; set; } = first;
    }
}
