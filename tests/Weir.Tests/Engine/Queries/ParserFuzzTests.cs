using Weir.Engine.Queries;
using Weir.Engine.Queries.Syntax;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Queries;

public sealed class ParserFuzzTests
{
    /// <summary>Whatever is asked, the answer is an expression or an error with a place in the query.</summary>
    [Fact]
    public void Any_run_of_pieces_parses_or_says_where_it_does_not() => Property.Holds(200, random =>
    {
        for (var i = 0; i < 200; i++) ParsesOrSaysWhere(QueryTexts.Pieced(random));
    });

    [Fact]
    public void Scripts_cut_and_mangled_parse_or_say_where_they_do_not()
    {
        Assert.True(QueryTexts.Golden.Length > 160);
        Property.Holds(20, random =>
        {
            foreach (var query in QueryTexts.Golden)
            {
                for (var i = 0; i < 4; i++) ParsesOrSaysWhere(QueryTexts.Mangled(random, query));
            }
        });
    }

    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("-", "1", "")]
    [InlineData("sum(", "cpu", ")")]
    [InlineData("1^", "1", "")]
    [InlineData("abs(-", "cpu", ")")]
    [InlineData("max_over_time(", "cpu", "[1m:])")]
    public void Depth_is_bounded(string before, string inner, string after)
    {
        string Nested(int depth) => string.Concat(Enumerable.Repeat(before, depth)) + inner + string.Concat(Enumerable.Repeat(after, depth));
        Parser.Parse(Nested(QueryOptions.DepthMax / 4));
        var depth = Math.Min(QueryOptions.DepthMax + 1, 100_000);
        var error = Assert.Throws<QueryException>(() => Parser.Parse(Nested(depth)));
        Assert.Contains("more than 128 levels deep", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Length_is_bounded()
    {
        Parser.Parse("cpu" + new string(' ', QueryOptions.LengthMax - 3));
        var error = Assert.Throws<QueryException>(() => Parser.Parse(new string('(', QueryOptions.LengthMax + 1)));
        Assert.Contains("at most 65536 characters; this one has 65537", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Parser.Parse(null!));
    }

    [Fact]
    public void Error_tells_line_and_column()
    {
        var error = Assert.Throws<QueryException>(() => Parser.Parse("sum(\n  cpu +\n  )"));
        Assert.StartsWith("3:3: a selector, a number, a function or '(' is expected, not ')'.", error.Message, StringComparison.Ordinal);
        Assert.Equal(15, error.Position);
    }

    private static void ParsesOrSaysWhere(string query)
    {
        try
        {
            Assert.NotNull(Parser.Parse(query));
        }
        catch (QueryException e)
        {
            Assert.InRange(e.Position, 0, query.Length);
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"'{query}': {e}");
        }
    }
}
