using Weir.Engine.Queries;
using Weir.Engine.Series;

namespace Weir.Tests.Engine.Queries;

public sealed class SelectorTests
{
    private static readonly SeriesKey[] Keys =
    [
        new("cpu"), new("cpu.core", new Label("core", "0"), new Label("host", "eu-1")), new("cpu.core", new Label("core", "1"), new Label("host", "us-1")),
        new("orders.latency"), new("orders.count", new Label("path", "C:\\x \"y\"")),
    ];

    /// <summary>A selector and the places, in the list above, of what it picks.</summary>
    [Theory]
    [InlineData("cpu", "0")]
    [InlineData("  cpu  ", "0")]
    [InlineData("cpu.core", "1 2")]
    [InlineData("CPU", "")]
    [InlineData("cpu*", "0 1 2")]
    [InlineData("*", "0 1 2 3 4")]
    [InlineData("*.c*", "1 2 4")]
    [InlineData("cp?", "0")]
    [InlineData("cpu?", "")]
    [InlineData("orders.*", "3 4")]
    [InlineData("orders*latency", "3")]
    [InlineData("ordersXlatency", "")]
    [InlineData("cpu.core{core=\"0\"}", "1")]
    [InlineData("cpu.core {core = '0'}", "1")]
    [InlineData("cpu.core{core!=\"0\"}", "2")]
    [InlineData("cpu*{core=\"\"}", "0")]
    [InlineData("cpu*{core!=\"\"}", "1 2")]
    [InlineData("{host=~\"eu-.*\"}", "1")]
    [InlineData("{host=~\"eu\"}", "")]
    [InlineData("{host!~\"eu-.*\",core=~\"[0-9]\"}", "2")]
    [InlineData("{core=~\"0|1\",}", "1 2")]
    [InlineData("{__name__=~\"orders[.].+\"}", "3 4")]
    [InlineData("orders.*{path=\"C:\\\\x \\\"y\\\"\"}", "4")]
    [InlineData("cpu{}", "0")]
    public void Selector_picks(string text, string expected) =>
        Assert.Equal(expected, string.Join(" ", Enumerable.Range(0, Keys.Length).Where(i => Selector.Parse(text).Matches(Keys[i]))));

    [Theory]
    [InlineData("", 1, "a name, a glob or label matchers")]
    [InlineData("   ", 1, "a name, a glob or label matchers")]
    [InlineData("{}", 1, "a name, a glob or label matchers")]
    [InlineData("a,b", 2, "a name or glob")]
    [InlineData("  a,b", 4, "a name or glob")]
    [InlineData("a=b", 2, "a name or glob")]
    [InlineData("a\nb", 2, "a name or glob")]
    [InlineData("a}", 2, "a name or glob")]
    [InlineData("a{", 3, "a label name")]
    [InlineData("a{x", 4, "one of = != =~ !~")]
    [InlineData("a{x>\"1\"}", 4, "one of = != =~ !~")]
    [InlineData("a{x=1}", 5, "a value in quotes")]
    [InlineData("a{x=\"1}", 8, "a closing \"")]
    [InlineData("a{x=\"1\"", 8, "',' or '}'")]
    [InlineData("a{x=\"1\" y=\"2\"}", 9, "',' or '}'")]
    [InlineData("a{x=\"1\"} b", 10, "nothing after '}'")]
    [InlineData("a{,}", 3, "a label name")]
    [InlineData("a{x=~\"(\"}", 6, "a regular expression that matches in linear time")]
    [InlineData("a{x=~\"(a)\\\\1\"}", 6, "a regular expression that matches in linear time")]
    public void Selector_that_does_not_parse_is_an_error_that_says_where(string text, int character, string expected)
    {
        var error = Assert.Throws<ArgumentException>(() => Selector.Parse(text));
        Assert.Contains($"is not a selector: at character {character}, {expected}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Selector_over_its_length_is_refused()
    {
        Selector.Parse(new string('a', 256));
        var name = Assert.Throws<ArgumentException>(() => Selector.Parse(new string('a', 257)));
        Assert.Contains("256", name.Message, StringComparison.Ordinal);
        var whole = Assert.Throws<ArgumentException>(() => Selector.Parse(new string('*', 1025)));
        Assert.Contains("at most 1024 characters; this one has 1025", whole.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Selector.Parse(null!));
    }

    [Theory]
    [InlineData("(a+)+b")]
    [InlineData("(a|aa)+b")]
    [InlineData("(.*)*(.*)*(.*)*b")]
    [InlineData("a{1,200}a{1,200}b")]
    public void Regular_expression_that_explodes_elsewhere_is_linear_here(string pattern)
    {
        var selector = Selector.Parse($"{{x=~\"{pattern}\"}}");
        var key = new SeriesKey("s", new Label("x", new string('a', SeriesKey.LabelValueLengthMax)));
        // With backtracking a single one of these would outlast the universe.
        for (var i = 0; i < 20; i++) Assert.False(selector.Matches(key));
    }

    /// <summary>In .NET <c>$</c> matches before a last line break as well, and a bracket too many would end the one around the pattern.</summary>
    [Fact]
    public void Regular_expression_matches_whole_values_alone()
    {
        Assert.False(Selector.Parse("{x=~\"a\"}").Matches(new SeriesKey("s", new Label("x", "a\n"))));
        Assert.True(Selector.Parse("{x=~\"a.\"}").Matches(new SeriesKey("s", new Label("x", "a\n"))));
        Assert.Throws<ArgumentException>(() => Selector.Parse("{x=~\"a)|(?:b\"}"));
    }

    [Fact]
    public void Regular_expression_with_nested_counts_is_refused_or_quick()
    {
        try
        {
            var selector = Selector.Parse("{x=~\"((((a{50}){50}){50}){50}){50}\"}");
            Assert.False(selector.Matches(new SeriesKey("s", new Label("x", new string('a', 1024)))));
        }
        catch (ArgumentException e)
        {
            Assert.Contains("at character 5, a regular expression", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Select_lists_the_catalog_oldest_first()
    {
        var catalog = new SeriesCatalog(10);
        foreach (var key in Keys) catalog.Resolve(key);
        Assert.Equal(["cpu.core{core=\"0\",host=\"eu-1\"}", "cpu.core{core=\"1\",host=\"us-1\"}"], Selector.Parse("cpu.core").Select(catalog).Select(s => s.Key.ToString()));
    }
}
