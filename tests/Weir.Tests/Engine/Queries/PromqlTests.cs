namespace Weir.Tests.Engine.Queries;

public sealed class PromqlTests
{
    [Theory]
    [InlineData("selectors", 50)]
    [InlineData("counters", 25)]
    [InlineData("aggregations", 35)]
    [InlineData("operators", 55)]
    [InlineData("functions", 75)]
    public void Queries_give_what_the_script_says(string name, int atLeast)
    {
        using var script = new PromqlScript($"tests/golden/promql/{name}.txt");
        script.Run();
        Assert.True(script.Count >= atLeast, $"Only {script.Count} blocks were run.");
    }
}
