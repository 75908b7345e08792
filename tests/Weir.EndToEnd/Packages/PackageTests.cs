using System.IO.Compression;
using Weir.EndToEnd.Browser;
using Weir.EndToEnd.Servers;

namespace Weir.EndToEnd.Packages;

/// <summary>
/// What a stranger does: installs from a feed, in a folder that knows nothing of this repository, types what the documentation says and sees the first point.
/// </summary>
[Collection(nameof(PackageTests))]
public sealed class PackageTests(PackageFeed feed) : IClassFixture<PackageFeed>
{
    /// <summary>Nothing runs beside them: they build, and the browser tests measure times.</summary>
    [CollectionDefinition(nameof(PackageTests), DisableParallelization = true)]
    public sealed class Alone;

    [Fact]
    public async Task File_when_it_names_the_package_then_its_point_is_served()
    {
        var folder = feed.Folder("file");
        // The SDK fetches a native compiler of 100 MB for files that might be published. The test does without, but
        // forbids at run time what the compiler forbids.
        await WriteAsync(folder, "Directory.Build.props", """
            <Project>
              <PropertyGroup>
                <PublishAot>false</PublishAot>
                <DynamicCodeSupport>false</DynamicCodeSupport>
                <EventSourceSupport>false</EventSourceSupport>
                <JsonSerializerIsReflectionEnabledByDefault>false</JsonSerializerIsReflectionEnabledByDefault>
              </PropertyGroup>
            </Project>
            """);
        feed.ExpectDocumented($"#:package Weir@{feed.Released}", "README.md", "build/package.md");
        await WriteAsync(folder, "cpu.cs", feed.Code("build/package.md", "#:package"));

        await PackageFeed.RunAsync(feed.Command(folder, "dotnet", "build", "cpu.cs"));

        await ExpectPointAsync(folder, "run", "cpu.cs");
    }

    [Fact]
    public async Task Console_project_when_the_package_is_added_then_its_point_is_served()
    {
        var folder = feed.Folder("project");
        feed.ExpectDocumented("dotnet add package Weir", "README.md", "build/package.md");
        await PackageFeed.RunAsync(feed.Command(folder, "dotnet", "new", "console", "--no-restore"));
        await PackageFeed.RunAsync(feed.Command(folder, "dotnet", "add", "package", "Weir", "--version", feed.Version));
        // Aggregation has no using of its own: the package's buildTransitive/Weir.props brings it.
        await WriteAsync(folder, "Program.cs", feed.Code("README.md", "Live.Metric(\"cpu\").Send(75)") + "_ = Aggregation.Max;\n");

        await PackageFeed.RunAsync(feed.Command(folder, "dotnet", "build"));

        await ExpectPointAsync(folder, "run");
    }

    [Fact]
    public async Task Tool_when_it_is_installed_then_the_command_serves_the_demo_and_its_page()
    {
        var folder = feed.Folder("tool");
        feed.ExpectDocumented("dotnet tool install --global Weir.Tool", "README.md", "build/package.md");
        await PackageFeed.RunAsync(feed.Command(folder, "dotnet", "tool", "install", "Weir.Tool", "--version", feed.Version,
            "--tool-path", "bin", "--add-source", feed.Packages));

        await using var weir = WeirProcess.Start(feed.Command(folder, Path.Combine(folder, "bin", "weir"), "demo"));
        var url = await weir.ServesAsync();

        await Limit.Until(async () => (await WeirProcess.SeriesAsync(url)).Contains("system.cpu"), "the demo's series");
        // The browser side travels inside.
        using var http = new HttpClient();
        var page = await http.GetStringAsync(url, TestContext.Current.CancellationToken);
        var script = page.Split("src=\"")[1].Split('"')[0];
        Assert.NotEmpty(await http.GetByteArrayAsync(new Uri(url, script), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Packages_are_six_and_hold_what_a_gallery_and_an_editor_show()
    {
        string[] libraries = ["Weir", "Weir.Connectors", "Weir.Engine", "Weir.Server", "Weir.Visuals"];
        var packages = Directory.GetFiles(feed.Packages, "*.nupkg").ToDictionary(
            path => Path.GetFileName(path).Replace($".{feed.Version}.nupkg", "", StringComparison.Ordinal),
            EntriesOf);

        Assert.Equal(libraries.Append("Weir.Tool").ToHashSet(), packages.Keys.ToHashSet());
        Assert.All(packages.Values, entries => Assert.Superset(new HashSet<string> { "README.md", "icon.png" }, entries));
        Assert.All(libraries, library => Assert.Contains($"lib/net10.0/{library}.xml", packages[library]));
        Assert.Equal(packages.Count, Directory.GetFiles(feed.Packages, "*.snupkg").Length);
    }

    private static HashSet<string> EntriesOf(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    private async Task ExpectPointAsync(string folder, params string[] arguments)
    {
        await using var program = WeirProcess.Start(feed.Command(folder, "dotnet", arguments));
        var url = await program.ServesAsync();
        await Limit.Until(async () => (await WeirProcess.SeriesAsync(url)).Contains("cpu"), "the point of cpu");
    }

    private static Task WriteAsync(string folder, string file, string text) =>
        File.WriteAllTextAsync(Path.Combine(folder, file), text, TestContext.Current.CancellationToken);
}
