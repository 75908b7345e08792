using Weir.Tests.Data;

namespace Weir.Tests.Architecture;

public sealed class DirectionTests
{
    [Fact]
    public void Projects_reference_only_what_they_may_know() =>
        AssertNone(Repository.Files("src").Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)).SelectMany(f => Arrows.WrongInProject(f, Repository.Read(f))));

    [Fact]
    public void Sources_use_only_what_they_may_know() =>
        AssertNone(Repository.Files("src").Where(f => f.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(f => Arrows.WrongInSource(f, Repository.Read(f))));

    [Fact]
    public void Engine_references_the_base_class_library_only()
    {
        var project = Repository.Read("src/Weir.Engine/Weir.Engine.csproj");
        Assert.DoesNotContain("PackageReference", project, StringComparison.Ordinal);
        Assert.DoesNotContain("FrameworkReference", project, StringComparison.Ordinal);
        Assert.All(typeof(Weir.Engine.TimeSeriesEngine).Assembly.GetReferencedAssemblies(), name => Assert.StartsWith("System.", name.Name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("src/Weir.Engine/Chunks/Chunk.cs", "using Weir.Engine.Windows;", "Chunks uses Windows")]
    [InlineData("src/Weir.Engine/Time/UnixTime.cs", "using Weir.Engine.Series;", "Time uses Series")]
    [InlineData("src/Weir.Engine/Ladders/Bucket.cs", "Weir.Engine.Queries.Selector? selector;", "Ladders uses Queries")]
    [InlineData("src/Weir.Engine/TimeSeriesEngine.cs", "using Weir.Engine.Queries;", "the root uses Queries")]
    [InlineData("src/Weir.Engine/Odds/End.cs", "", "Odds has no place")]
    [InlineData("src/Weir.Engine/EngineLoop.cs", "using Weir.Server.Hosting;", "Weir.Engine uses Weir.Server.Hosting")]
    [InlineData("src/Weir.Server/Api/Routes.cs", "using Weir.Connectors.Machine;", "Weir.Server uses Weir.Connectors.Machine")]
    [InlineData("src/Weir.Odds/End.cs", "", "Weir.Odds has no place")]
    public void Wrong_arrow_in_a_source_is_caught(string file, string content, string says) =>
        Assert.Contains(says, Assert.Single(Arrows.WrongInSource(file, content)), StringComparison.Ordinal);

    [Theory]
    [InlineData("src/Weir.Engine/Series/TimeSeries.cs", "using Weir.Engine.Chunks; // unlike Weir.Server")]
    [InlineData("src/Weir.Server/Api/Routes.cs", "using Weir.Engine.Queries; using Weir.Visuals.Dashboards;")]
    [InlineData("src/Weir/Live.cs", "using Weir.Server; using Weir.Connectors;")]
    [InlineData("src/Weir.Cli/Program.cs", "using Weir.Terminal;")]
    [InlineData("src/Weir.Connectors.Kafka/KafkaSource.cs", "using Weir.Engine; using Weir.Connectors;")]
    public void Right_arrow_in_a_source_is_not(string file, string content) => Assert.Empty(Arrows.WrongInSource(file, content));

    [Fact]
    public void Wrong_arrow_in_a_project_is_caught()
    {
        const string project = """<Project><ItemGroup><ProjectReference Include="../Weir.Server/Weir.Server.csproj" /></ItemGroup></Project>""";
        Assert.Contains("Weir.Visuals references Weir.Server", Assert.Single(Arrows.WrongInProject("src/Weir.Visuals/Weir.Visuals.csproj", project)), StringComparison.Ordinal);
        Assert.Empty(Arrows.WrongInProject("src/Weir/Weir.csproj", project));
    }

    private static void AssertNone(IEnumerable<string> wrong)
    {
        var all = wrong.ToArray();
        Assert.True(all.Length == 0, "Wrong arrows:\n" + string.Join('\n', all));
    }
}
