using Weir.Engine.Windows;
using Weir.Tests.Data;

namespace Weir.Tests.Api;

/// <summary>The lines of C# in the README compile: they stand here once more, and the two must be the same.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Code_in_the_readme_is_code_that_compiles()
    {
        var compiled = Lines(Repository.Read("tests/Weir.Tests/Api/ReadmeTests.cs")).ToHashSet();
        var shown = Repository.Read("README.md").Split("```csharp")[1..].SelectMany(part => Lines(part.Split("```")[0])).ToList();
        Assert.True(shown.Count > 5);
        Assert.Equal([], shown.FindAll(line => line != "using Weir;" && !compiled.Contains(line)));
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

    private static void Snippets()
    {
        Live.Metric("cpu").Send(75);
        Live.Metric("latency", new() { Unit = "ms", Window = "1s", Aggregation = Aggregation.Max, Warning = 200, Critical = 500 }).Send(42);
        Live.Stat("orders").Send(1234);
        Live.Gauge("queue", new() { Max = 1000 }).Send(310);
        Live.LineChart("temperature").Send("rack 1", 61.5);
        Live.Table("jobs", new() { Key = "Id" }).Send(new { Id = 7, State = "running", Progress = 0.4 });
        Live.Log("events").Send("Started");
        Live.Counter("requests").Add(1, ("route", "/cart"));                                 // shown as a rate, a line per route
        Live.Histogram("response", new() { Unit = "ms" }).Record(12.3, ("route", "/cart"));  // shown as p50, p95, p99
        Live.Query("p99", "quantile_over_time(0.99, latency[10s])", new() { Unit = "ms" });  // any PromQL expression, live
        Live.Observe("*");              // every System.Diagnostics.Metrics meter of the process
    }
}
