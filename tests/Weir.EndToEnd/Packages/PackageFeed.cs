using System.Diagnostics;

namespace Weir.EndToEnd.Packages;

/// <summary>
/// Weir's packages in a folder of their own. Restores write to a cache that ends with the tests, so a package of an earlier build is never found;
/// the machine's own cache only lends what others publish.
/// </summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("weir-packages-").FullName;

    public string Packages => Path.Combine(_root, "feed");

    /// <summary>As it stands in the name of the package.</summary>
    public string Version { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var repository = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = repository.Parent!.Name;
        while (!File.Exists(Path.Combine(repository.FullName, "Weir.slnx"))) repository = repository.Parent ?? throw new DirectoryNotFoundException("No Weir.slnx above the tests.");
        foreach (var project in new[] { "Weir.Engine", "Weir.Visuals", "Weir.Connectors", "Weir.Server", "Weir", "Weir.Cli" })
        {
            await RunAsync(repository.FullName, "dotnet", "pack", $"src/{project}/{project}.csproj", "--no-build", "--configuration", configuration, "--output", Packages);
        }
        var tool = Directory.GetFiles(Packages, "Weir.Tool.*.nupkg").Single();
        Version = Path.GetFileNameWithoutExtension(tool)["Weir.Tool.".Length..];
    }

    /// <summary>An empty folder that restores from the feed as well as from the machine's own sources.</summary>
    public string Folder(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="weir" value="{Packages}" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{MachineCache()}" /></fallbackPackageFolders>
            </configuration>
            """);
        return folder;
    }

    public Process Start(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // Packing takes what the machine restored; everything else restores into a cache of its own.
        if (!arguments.Contains("pack")) start.Environment["NUGET_PACKAGES"] = Path.Combine(_root, "cache");
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        return Process.Start(start)!;
    }

    /// <summary>Runs a command to its end; fails with what it said.</summary>
    public async Task RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Start(folder, program, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await errors}");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>The machine's cache may hold Weir itself under this version, but a package in a fallback folder comes before the feed only if it is there.</summary>
    private static string MachineCache() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
