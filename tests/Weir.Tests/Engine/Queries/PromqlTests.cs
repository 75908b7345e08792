namespace Weir.Tests.Engine.Queries;

public sealed class PromqlTests
{
    [Theory]
    [InlineData("selectors", 30)]
    [InlineData("counters", 20)]
    [InlineData("aggregations", 30)]
    [InlineData("operators", 45)]
    [InlineData("functions", 50)]
    public void Queries_give_what_the_script_says(string name, int atLeast)
    {
        using var script = new PromqlScript($"tests/golden/promql/{name}.txt");
        script.Run();
        Assert.True(script.Count >= atLeast, $"Only {script.Count} blocks were run.");
    }
}
