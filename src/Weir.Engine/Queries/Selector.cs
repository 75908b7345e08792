using System.Text;
using Weir.Engine.Queries.Patterns;
using Weir.Engine.Series;

namespace Weir.Engine.Queries;

/// <summary>
/// Picks series: a name (<c>orders.latency</c>) or a glob (<c>orders.*</c>, <c>*</c> stands for any run of characters, <c>?</c> for one),
/// with label matchers or without (<c>system.cpu.core{core!="0", host=~"eu-.*"}</c>). Regular expressions match whole values, in linear time.
/// </summary>
public sealed class Selector
{
    public const int LengthMax = 1024;

    private readonly string _name;
    private readonly TextPattern? _glob;
    private readonly LabelMatcher[] _matchers;

    private Selector(string text, string name, LabelMatcher[] matchers)
    {
        (Text, _name, _matchers) = (text, name, matchers);
        if (name.AsSpan().ContainsAny('*', '?'))
        {
            _glob = TextPattern.OfGlob(name);
        }
    }

    public string Text { get; }

    /// <exception cref="ArgumentException">Does not parse; the message says at which character and what is allowed there.</exception>
    public static Selector Parse(string text) => new SelectorParser(text).Parse();

    public bool Matches(SeriesKey key)
    {
        if (_glob is null ? _name.Length > 0 && _name != key.Name : !_glob.IsMatch(key.Name)) return false;
        foreach (var matcher in _matchers)
        {
            if (!matcher.Matches(key)) return false;
        }
        return true;
    }

    /// <summary>All series of the catalog that match, oldest first.</summary>
    public IEnumerable<TimeSeries> Select(SeriesCatalog catalog) => catalog.All.Where(series => Matches(series.Key));

    public override string ToString() => Text;

    internal static Selector Create(string text, string name, LabelMatcher[] matchers) => new(text, name, matchers);

    private sealed class SelectorParser(string text)
    {
        private int _at;

        public Selector Parse()
        {
            ArgumentNullException.ThrowIfNull(text);
            if (text.Length > LengthMax) throw new ArgumentException($"A selector has at most {LengthMax} characters; this one has {text.Length}.", nameof(text));
            SkipSpace();
            var brace = text.IndexOf('{', StringComparison.Ordinal);
            var name = (brace < 0 ? text[_at..] : text[_at..brace]).TrimEnd();
            for (var i = 0; i < name.Length; i++)
            {
                var isGlob = name[i] is '*' or '?';
                if (char.IsControl(name[i]) || (SeriesKey.NameLacks.Contains(name[i]) && !isGlob)) throw Error(_at + i, "a name or glob such as orders.*");
            }
            if (name.Length > SeriesKey.NameLengthMax) throw Error(_at + SeriesKey.NameLengthMax, $"the end of a name of at most {SeriesKey.NameLengthMax} characters");
            var matchers = new List<LabelMatcher>();
            if (brace >= 0)
            {
                _at = brace + 1;
                ReadMatchers(matchers);
            }
            if (name.Length == 0 && matchers.Count == 0) throw Error(0, "a name, a glob or label matchers");
            return Create(text, name, matchers.ToArray());
        }

        private void ReadMatchers(List<LabelMatcher> matchers)
        {
            SkipSpace();
            while (!Take('}'))
            {
                matchers.Add(ReadMatcher());
                SkipSpace();
                if (Take(',')) SkipSpace();
                else if (_at >= text.Length || text[_at] != '}') throw Error(_at, "',' or '}'");
            }
            SkipSpace();
            if (_at < text.Length) throw Error(_at, "nothing after '}'");
        }

        private LabelMatcher ReadMatcher()
        {
            var begin = _at;
            while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '.' or ':' or '-')) _at++;
            var label = text[begin.._at];
            if (label.Length == 0) throw Error(_at, "a label name");
            SkipSpace();
            var (negated, isRegex) = ReadOperator();
            SkipSpace();
            var at = _at;
            var value = ReadString();
            try
            {
                return LabelMatcher.Create(label, negated, value, isRegex);
            }
            catch (ArgumentException e)
            {
                throw Error(at, $"a regular expression that matches in linear time ({e.Message})");
            }
        }

        private (bool Negated, bool IsRegex) ReadOperator()
        {
            foreach (var (sign, negated, isRegex) in new[] { ("=~", false, true), ("!~", true, true), ("!=", true, false), ("=", false, false) })
            {
                if (!text.AsSpan(_at).StartsWith(sign)) continue;
                _at += sign.Length;
                return (negated, isRegex);
            }
            throw Error(_at, "one of = != =~ !~");
        }

        private string ReadString()
        {
            if (_at >= text.Length || text[_at] is not ('"' or '\'')) throw Error(_at, "a value in quotes");
            var quote = text[_at++];
            var value = new StringBuilder();
            while (_at < text.Length && text[_at] != quote)
            {
                if (text[_at] == '\\' && _at + 1 < text.Length && text[_at + 1] is '"' or '\\' or '\'') _at++;
                value.Append(text[_at++]);
            }
            if (!Take(quote)) throw Error(_at, $"a closing {quote}");
            return value.ToString();
        }

        private bool Take(char expected)
        {
            if (_at >= text.Length || text[_at] != expected) return false;
            _at++;
            return true;
        }

        private void SkipSpace()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
        }

        private ArgumentException Error(int at, string expected) =>
            new($"'{text}' is not a selector: at character {at + 1}, {expected} is expected. Examples: cpu, orders.*, http.requests{{status=\"500\"}}.");
    }
}
