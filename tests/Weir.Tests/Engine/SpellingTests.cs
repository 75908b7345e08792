using Weir.Engine;

namespace Weir.Tests.Engine;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("orders", "orders")]
    [InlineData("oders", "orders")]
    [InlineData("ORDERS", "orders")]
    [InlineData("ordesr", "orders")]
    [InlineData("lat", "latency")]
    [InlineData("cp", "cpu")]
    [InlineData("x", null)]
    [InlineData("", null)]
    [InlineData("zebra", null)]
    [InlineData("ordxyz", null)]
    public void Suggest_names_the_nearest_within_two_edits_or_a_beginning(string given, string? meant) =>
        Assert.Equal(meant is null ? "" : $"; did you mean '{meant}'?", Spelling.Suggest(given, ["orders", "latency", "cpu"]));

    [Fact]
    public void Suggest_says_nothing_when_nothing_is_known() => Assert.Equal("", Spelling.Suggest("cpu", []));
}
