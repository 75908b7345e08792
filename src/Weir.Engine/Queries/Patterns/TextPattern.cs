using System.Text;
using System.Text.RegularExpressions;

namespace Weir.Engine.Queries.Patterns;

/// <summary>
/// A pattern for whole values in RE2's syntax, as PromQL has it, matched in time linear in their length: a set where it is literals alone, else an automaton
/// for some alternatives at a time, since one for thousands would be too large.
/// </summary>
internal sealed class TextPattern
{
    /// <summary>Characters of the alternatives that share an automaton: some five nodes each, of the ten thousand that .NET allows.</summary>
    private const int SharedMax = 1500;

    /// <summary>Automata of one pattern: each takes tens of milliseconds to make, and no timeout ends that.</summary>
    public const int AutomataMax = 32;

    private readonly HashSet<string> _values = [];

    /// <summary>Texts with open characters, by what stands before the first of these.</summary>
    private readonly Dictionary<string, List<string>> _open = [];
    private readonly List<int> _openBegins = [];
    private readonly List<Literal> _literals = [];
    private readonly List<Regex> _automata = [];

    /// <exception cref="ArgumentException">Not RE2's syntax, or what is not supported of it; the message says where.</exception>
    public TextPattern(string pattern)
    {
        if (LiteralAlternatives.Read(pattern) is { } literals)
        {
            foreach (var literal in literals)
            {
                if (literal is not { Before: AnyText.None, After: AnyText.None }) _literals.Add(literal);
                else if (literal.Text.IndexOf(Literal.Any) is var begin and >= 0) AddOpen(literal.Text, begin);
                else _values.Add(literal.Text);
            }
            return;
        }
        var shared = new StringBuilder();
        foreach (var alternative in RegexTranslation.Of(pattern).Alternatives)
        {
            if (shared.Length > 0 && shared.Length + alternative.Length > SharedMax)
            {
                _automata.Add(Whole(shared.ToString()));
                if (_automata.Count == AutomataMax) throw new ArgumentException($"it has too many alternatives that are more than literals and dots: they take more than {AutomataMax} automata");
                shared.Clear();
            }
            else if (shared.Length > 0)
            {
                shared.Append('|');
            }
            // An empty one is a part like any other.
            shared.Append(alternative.Length == 0 ? "(?:)" : alternative);
        }
        _automata.Add(Whole(shared.ToString()));
    }

    public bool IsMatch(string value)
    {
        if (_values.Contains(value)) return true;
        foreach (var begin in _openBegins)
        {
            if (begin >= value.Length || !_open.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(value.AsSpan(0, begin), out var open)) continue;
            foreach (var text in open)
            {
                if (Literal.IsLike(text, value)) return true;
            }
        }
        foreach (var literal in _literals)
        {
            if (literal.Matches(value)) return true;
        }
        foreach (var automaton in _automata)
        {
            if (automaton.IsMatch(value)) return true;
        }
        return false;
    }

    private void AddOpen(string text, int begin)
    {
        if (!_open.TryGetValue(text[..begin], out var open)) _open.Add(text[..begin], open = []);
        open.Add(text);
        if (!_openBegins.Contains(begin)) _openBegins.Add(begin);
    }

    /// <summary>The pattern of a glob: <c>*</c> stands for any run of characters, <c>?</c> for one.</summary>
    public static TextPattern OfGlob(string glob) => new(Regex.Escape(glob).Replace(@"\*", ".*").Replace(@"\?", "."));

    /// <summary>A regular expression of .NET for whole values.</summary>
    /// <exception cref="ArgumentException">It would be too large.</exception>
    internal static Regex Whole(string translated)
    {
        try
        {
            // \z, since $ matches before a last line break as well.
            return new Regex($@"\A(?:{translated})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (RegexParseException e)
        {
            throw new ArgumentException($"at character 1, this is not supported ({e.Error})", e);
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException("its automaton would be too large; shorten it, or repeat less", e);
        }
    }
}
