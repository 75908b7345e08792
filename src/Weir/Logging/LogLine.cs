using System.Collections;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Weir.Logging;

/// <summary>
/// The text of a log record: the message, its structured fields and those of its scopes as <c>key=value</c> (logfmt), and the exception on the lines below.
/// </summary>
internal static class LogLine
{
    /// <summary>Fields of one line; further ones are left out.</summary>
    public const int FieldsMax = 32;

    /// <summary>Characters of one value; a longer one is cut and ends in "…".</summary>
    public const int ValueLengthMax = 256;

    private const int ItemsMax = 16;
    private const string Template = "{OriginalFormat}";

    /// <summary>What ASP.NET Core puts around each record of a request: identifiers that belong in a trace and would be longer than most messages.</summary>
    private static readonly HashSet<string> Identifiers = ["ConnectionId", "RequestId", "SpanId", "TraceId", "ParentId", "ActionId", "TransportConnectionId"];

    public static string Write<TState>(string message, TState state, IExternalScopeProvider? scopes, Exception? exception)
    {
        var line = new Fields(message);
        line.Add(state);
        if (scopes is not null)
        {
            var open = new List<object?>();
            scopes.ForEachScope(static (scope, open) => open.Add(scope), open);
            for (var i = open.Count - 1; i >= 0; i--) line.Add(open[i]);
        }
        return line.End(exception);
    }

    private sealed class Fields(string message)
    {
        private readonly StringBuilder _text = new(message);
        private readonly HashSet<string> _keys = [];

        public void Add(object? state)
        {
            if (state is not IEnumerable<KeyValuePair<string, object?>> fields)
            {
                // A scope that is a text is a field without a name; a state that is one is the message itself.
                if (state is string scope && scope != message) AddField("scope", scope);
                return;
            }
            foreach (var (key, value) in fields)
            {
                if (key != Template && !Identifiers.Contains(key)) AddField(key, value);
            }
        }

        public string End(Exception? exception)
        {
            if (exception is not null) _text.Append('\n').Append(exception);
            return _text.ToString();
        }

        private void AddField(string key, object? value)
        {
            // The record's own field comes first, then the innermost scope's.
            if (_keys.Count == FieldsMax || !_keys.Add(key)) return;
            _text.Append(' ').Append(key).Append('=').Append(Quoted(TextOf(value)));
        }

        private static string TextOf(object? value)
        {
            var text = value switch
            {
                null => "null",
                string given => given,
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                IEnumerable items => string.Join(", ", items.Cast<object?>().Take(ItemsMax).Select(item => Convert.ToString(item, CultureInfo.InvariantCulture))),
                _ => value.ToString() ?? "",
            };
            return text.Length <= ValueLengthMax ? text : text[..(ValueLengthMax - 1)] + "…";
        }

        private static string Quoted(string text)
        {
            if (text.Length > 0 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '"' or '=')) return text;
            return $"\"{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings(@"\n")}\"";
        }
    }
}
