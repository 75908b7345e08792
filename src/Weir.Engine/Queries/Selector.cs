using System.Buffers;
using System.Diagnostics.CodeAnalysis;
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

    /// <summary>Signs that names may hold and that only expressions have in practice.</summary>
    private static readonly SearchValues<char> Signs = SearchValues.Create("()[]@<>");
    private static readonly SearchValues<char> Operators = SearchValues.Create("+-*/%^");

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

    /// <summary>Parses text that is a selector.</summary>
    /// <returns>False when it does not parse.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out Selector? selector)
    {
        try
        {
            selector = Parse(text);
            return true;
        }
        catch (ArgumentException)
        {
            selector = null;
            return false;
        }
    }

    /// <summary>The text that picks the series of one name, whatever it looks like: <c>{__name__="orders / s"}</c> where the name alone would be an expression.</summary>
    /// <param name="name">A name as <see cref="SeriesKey"/> allows it.</param>
    /// <param name="matchers">Further label matchers, such as <c>core!="0"</c>; none when empty.</param>
    public static string TextOf(string name, string matchers = "")
    {
        if (!QueryEngine.IsExpression(name)) return matchers.Length == 0 ? name : $"{name}{{{matchers}}}";
        var quoted = $"{LabelMatcher.Name}=\"{name.Replace("\\", "\\\\", StringComparison.Ordinal)}\"";
        return matchers.Length == 0 ? $"{{{quoted}}}" : $"{{{quoted},{matchers}}}";
    }

    /// <summary>Whether text is a selector and nothing else: its name is one word, without the signs that only expressions have.</summary>
    internal static bool IsWord(string text)
    {
        var name = NameIn(text);
        if (name.ContainsAny(Signs) || name.ContainsAny(" \t\r\n")) return false;
        // 5xx is a name and 5-a a difference: no name of PromQL begins with a digit.
        if (name.Length > 0 && (name[0] is '+' or '-' || (char.IsAsciiDigit(name[0]) && name.ContainsAny(Operators)))) return false;
        return TryParse(text, out _);
    }

    /// <summary>What stands before the matchers.</summary>
    internal static ReadOnlySpan<char> NameIn(string text)
    {
        var brace = text.IndexOf('{', StringComparison.Ordinal);
        return text.AsSpan(0, brace < 0 ? text.Length : brace).Trim();
    }

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
