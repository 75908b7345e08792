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
/// repeat (a host, a device). A field of which many values came and none came twice (a request id) is none; until either is known it is undecided.
/// </summary>
/// <param name="chosen">Fields that are labels; null to decide by what they hold.</param>
/// <param name="all">Every text is a label: where a person named each field anyway, as in a regular expression.</param>
internal sealed class LabelRule(IReadOnlyCollection<string>? chosen, bool all = false)
{
    /// <summary>A field with more values than this is no label, unless it was chosen.</summary>
    public const int ValuesMax = 20;

    private const int ValueLengthMax = 64;

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

    /// <summary>Whether this field was named as a label, so that its numbers are labels too.</summary>
    public bool IsChosen(string name) => _chosen is not null && _chosen.Contains(name);

    /// <summary>Takes note of a value, and tells what is known of its field by now.</summary>
    public LabelEvidence See(string name, string value)
    {
        if (all) return value.Length > 0 ? LabelEvidence.Label : LabelEvidence.NoLabel;
        if (_chosen is not null) return _chosen.Contains(name) ? LabelEvidence.Label : LabelEvidence.NoLabel;
        if (value.Length is 0 or > ValueLengthMax || NeverByItself.Contains(name)) return LabelEvidence.NoLabel;
        if (!_fields.TryGetValue(name, out var field))
        {
            // Fields without end would fill memory; a line has few.
            if (_fields.Count >= LineValues.ValuesMax) return LabelEvidence.NoLabel;
            _fields[name] = field = new Field { Evidence = Usual.Contains(name) ? LabelEvidence.Label : LabelEvidence.Undecided };
        }
        if (field.Evidence == LabelEvidence.NoLabel) return LabelEvidence.NoLabel;
        if (!field.Values.Add(value) && field.Evidence == LabelEvidence.Undecided) field.Evidence = LabelEvidence.Label;
        if (field.Values.Count > ValuesMax)
        {
            field.Evidence = LabelEvidence.NoLabel;
            field.Values.Clear();
        }
        return field.Evidence;
    }

    /// <summary>What is known of a field, without a value.</summary>
    public LabelEvidence Of(string name, string value)
    {
        if (all || _chosen is not null || value.Length is 0 or > ValueLengthMax || NeverByItself.Contains(name)) return See(name, value);
        return _fields.TryGetValue(name, out var field) ? field.Evidence : LabelEvidence.NoLabel;
    }

    private sealed class Field
    {
        public HashSet<string> Values { get; } = new(StringComparer.Ordinal);

        public LabelEvidence Evidence { get; set; }
    }
}
