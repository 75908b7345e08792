using System.Text;
using System.Text.RegularExpressions;
using Weir.Engine.Queries.Patterns;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Queries.Patterns;

public sealed class TextPatternTests
{
    /// <summary>More than one automaton can hold, with dots that mean any character.</summary>
    [Theory]
    [InlineData("node-{0:0000}.example:9100", "node-{0:0000}xexample:9100", true)]
    [InlineData("(node-{0:0000}.example:9100)", "node-{0:0000}xexample:9100", true)]
    [InlineData(@"node-{0:0000}\.example:9100", "node-{0:0000}xexample:9100", false)]
    public void Alternatives_of_thousands_of_values_match_each(string form, string similar, bool matchesSimilar)
    {
        var isGroup = form[0] == '(';
        var joined = string.Join('|', Enumerable.Range(0, 2000).Select(i => string.Format(null, isGroup ? form[1..^1] : form, i)));
        var pattern = new TextPattern(isGroup ? $"({joined})" : joined);
        foreach (var i in new[] { 0, 1, 999, 1999 })
        {
            Assert.True(pattern.IsMatch($"node-{i:0000}.example:9100"));
            Assert.Equal(matchesSimilar, pattern.IsMatch(string.Format(null, similar, i)));
        }
        Assert.False(pattern.IsMatch("node-2000.example:9100"));
        Assert.False(pattern.IsMatch("NODE-0001.example:9100"));
        Assert.False(pattern.IsMatch("node-0001.example:9100 "));
        Assert.False(pattern.IsMatch(""));
    }

    /// <summary>Literals, sets and ends take no automaton: each equals what the automaton says.</summary>
    [Fact]
    public void Quick_ways_give_what_a_regular_expression_gives() => Property.Holds(1000, random =>
    {
        string[] parts = ["a", "b", "ab", @"\.", ".", "|", ".*", ".+", "a*", "(a|b)", "(?:b|.*a)", "[ab]", "", "é", "😀", "{", "x{2}", @"\|"];
        var pattern = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => parts[random.Next(parts.Length)]));
        Regex plain;
        try
        {
            plain = new Regex($@"\A(?:{pattern})\z", RegexOptions.Singleline | RegexOptions.CultureInvariant);
        }
        catch (ArgumentException)
        {
            Assert.Throws<ArgumentException>(() => new TextPattern(pattern));
            return;
        }
        TextPattern quick;
        try
        {
            quick = new TextPattern(pattern);
        }
        catch (ArgumentException e)
        {
            // .NET takes a brace that repeats nothing for itself where RE2 does not, and lazy repeats of repeats.
            Assert.Contains("repeats nothing", e.Message, StringComparison.Ordinal);
            return;
        }
        string[] letters = ["a", "b", ".", "x", "é", "|", "{", "\n", ""];
        for (var i = 0; i < 20; i++)
        {
            var value = string.Concat(Enumerable.Range(0, random.Next(0, 5)).Select(_ => letters[random.Next(letters.Length)]));
            Assert.True(plain.IsMatch(value) == quick.IsMatch(value), $"'{pattern}' and '{value}': {plain.IsMatch(value)} is expected");
        }
    });

    /// <summary>Whatever is given is matched or refused with a message of ours.</summary>
    [Fact]
    public void Any_text_is_matched_or_refused() => Property.Holds(2000, random =>
    {
        const string signs = @"ab01|()[]{}^$\.*+?-:,=<>!PQEdswpLx:alpha";
        var text = new StringBuilder();
        for (var i = random.Next(1, 14); i > 0; i--) text.Append(random.Next(12) switch { 0 => "[[:alpha:]]", 1 => "(?i)", 2 => "(?P<n>", 3 => "{2,3}", _ => signs[random.Next(signs.Length)].ToString() });
        try
        {
            var pattern = new TextPattern(text.ToString());
            _ = pattern.IsMatch("ab") | pattern.IsMatch("") | pattern.IsMatch("a😀");
        }
        catch (ArgumentException e)
        {
            Assert.Matches("^(at character [0-9]+, .+|its automaton would be too large.*)$", e.Message);
        }
    });

    [Theory]
    [InlineData("((((a{1000}){1000}){1000}){1000})")]
    [InlineData(@"(\pL{900}|x){900}")]
    public void Pattern_that_is_too_large_is_refused(string pattern) =>
        Assert.Contains("too large", Assert.Throws<ArgumentException>(() => new TextPattern(pattern)).Message, StringComparison.Ordinal);

    [Fact]
    public void Classes_that_grow_without_end_are_refused() =>
        Assert.Contains("grows past", Assert.Throws<ArgumentException>(() => new TextPattern(string.Concat(Enumerable.Repeat(@"\pL", 10_000)))).Message, StringComparison.Ordinal);

    /// <summary>Each is an automaton's share and more: as many as there may be are made, and one more is refused.</summary>
    [Fact]
    public void Automata_are_only_so_many()
    {
        static string Alternatives(int count) => string.Join('|', Enumerable.Range(0, count).Select(i => $"{i:00}+{new string('x', 1000)}"));
        Assert.True(new TextPattern(Alternatives(TextPattern.AutomataMax)).IsMatch($"311{new string('x', 1000)}"));
        var error = Assert.Throws<ArgumentException>(() => new TextPattern(Alternatives(TextPattern.AutomataMax + 1)));
        Assert.Contains("more than 32 automata", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A dot is any character, one code point of two units too.</summary>
    [Theory]
    [InlineData("10.0.0.1|10.0.0.2", "10.0.0.2", true)]
    [InlineData("10.0.0.1|10.0.0.2", "10x0y0😀1", true)]
    [InlineData("10.0.0.1|10.0.0.2", "10.0.0.3", false)]
    [InlineData("10.0.0.1|10.0.0.2", "10.0.0.1.", false)]
    [InlineData("10.0.0.1|10.0.0.2", "10", false)]
    [InlineData(".|..", "ab", true)]
    [InlineData(".|..", "abc", false)]
    [InlineData("a.?|b.", "a", true)]
    [InlineData("a.+b.", "axb.", true)]
    public void Dots_in_literals_are_any_character(string pattern, string value, bool matches) => Assert.Equal(matches, new TextPattern(pattern).IsMatch(value));

    [Fact]
    public void Brackets_lie_only_so_deep()
    {
        _ = new TextPattern($"{new string('(', 99)}a+{new string(')', 99)}");
        var error = Assert.Throws<ArgumentException>(() => new TextPattern($"{new string('(', 100)}a+{new string(')', 100)}"));
        Assert.Contains("more than 100 deep", error.Message, StringComparison.Ordinal);
    }
}
