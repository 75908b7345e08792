namespace Weir.Connectors.Text;

/// <summary>
/// Decides which texts beside numbers become labels. Those that were chosen by name do, always. When none were chosen: a short text whose field
/// takes few values (a host, a device), until it turns out to take many (a request id); then the field is left out from there on.
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

    private readonly HashSet<string>? _chosen = chosen is null ? null : new(chosen, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HashSet<string>?> _seen = [];

    /// <summary>Whether this field was named as a label, so that its numbers are labels too.</summary>
    public bool IsChosen(string name) => _chosen is not null && _chosen.Contains(name);

    public bool IsLabel(string name, string value)
    {
        if (all) return value.Length > 0;
        if (_chosen is not null) return _chosen.Contains(name);
        if (value.Length is 0 or > ValueLengthMax || NeverByItself.Contains(name)) return false;
        if (!_seen.TryGetValue(name, out var values)) _seen[name] = values = new HashSet<string>(StringComparer.Ordinal);
        if (values is null) return false;
        values.Add(value);
        if (values.Count <= ValuesMax) return true;
        _seen[name] = null;
        return false;
    }
}
