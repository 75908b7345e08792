using System.Diagnostics;
using System.Globalization;

namespace Weir.EndToEnd.Packages;

/// <summary>
/// Weir's packages, as they were built, in a folder of their own and under a version that no cache can hold. Restores write to a cache that ends with
/// the tests; the machine's cache and package sources only lend what others publish.
/// </summary>
public sealed class PackageFeed : IAsyncLifetime
{
    // A restore may have to download; a machine may be busy. What takes longer hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly string _root = Directory.CreateTempSubdirectory("weir-packages-").FullName;
    private readonly string _repository;
    private readonly string _configuration;

    public PackageFeed()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var repository = output;
        while (!File.Exists(Path.Combine(repository.FullName, "Weir.slnx")))
        {
            repository = repository.Parent ?? throw new DirectoryNotFoundException($"No Weir.slnx above {output}.");
        }
        // tests/Weir.EndToEnd/bin/Release/net10.0: the libraries were built in the same configuration.
        (_repository, _configuration) = (repository.FullName, output.Parent!.Name);
        Released = typeof(Live).Assembly.GetName().Version!.ToString(3);
        Version = string.Create(CultureInfo.InvariantCulture, $"{Released}-test.{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}");
    }

    public string Packages => Path.Combine(_root, "feed");

    /// <summary>The version that the documentation names.</summary>
    public string Released { get; }

    /// <summary>The version in the feed.</summary>
    public string Version { get; }

    public async ValueTask InitializeAsync() =>
        await RunAsync(Command(
            _repository, "dotnet", "pack", "Weir.slnx", "--no-build", "--configuration", _configuration, "--output", Packages, $"-p:PackageVersion={Version}"));

    /// <summary>An empty folder outside the repository that restores from the feed as well as from the machine's own sources.</summary>
    public string Folder(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
        var machine = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var fallback = Directory.Exists(machine) ? $"""<fallbackPackageFolders><add key="machine" value="{machine}" /></fallbackPackageFolders>""" : "";
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="weir" value="{Packages}" /></packageSources>
              {fallback}
            </configuration>
            """);
        return folder;
    }

    /// <summary>The first block of C# of a document that holds a text, with the version of the feed.</summary>
    public string Code(string document, string text)
    {
        var blocks = File.ReadAllText(Path.Combine(_repository, document)).Split("```csharp\n")[1..].Select(part => part.Split("```")[0]);
        return blocks.First(block => block.Contains(text, StringComparison.Ordinal)).Replace($"@{Released}", $"@{Version}", StringComparison.Ordinal);
    }

    /// <summary>Fails unless each of the documents tells to type this.</summary>
    public void ExpectDocumented(string line, params string[] documents) =>
        Assert.All(documents, document => Assert.Contains(line, File.ReadAllText(Path.Combine(_repository, document)), StringComparison.Ordinal));

    /// <summary>A command that leaves nothing behind outside of the root: no package, no build, no server of the SDK's that outlives it.</summary>
    public ProcessStartInfo Command(string folder, string program, params string[] arguments)
    {
        var command = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
        if (folder != _repository) command.Environment["NUGET_PACKAGES"] = Path.Combine(_root, "cache");
        // .NET takes a folder of data that is not there for none, and then finds no place for files that are programs.
        command.Environment["XDG_DATA_HOME"] = Directory.CreateDirectory(Path.Combine(_root, "data")).FullName;
        command.Environment["DOTNET_NOLOGO"] = "1";
        command.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        command.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        command.Environment["UseSharedCompilation"] = "false";
        // Programs serve on any free port and stay, as they do for a person, also on a build agent.
        command.Environment["WEIR__PORT"] = "0";
        command.Environment["WEIR__OPENBROWSER"] = "false";
        command.Environment["WEIR__STAYWHILEWATCHED"] = "true";
        return command;
    }

    /// <summary>Runs a command to its end; fails with what it said.</summary>
    public static async Task RunAsync(ProcessStartInfo command)
    {
        (command.RedirectStandardOutput, command.RedirectStandardError) = (true, true);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        using var process = Process.Start(command)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.True(
                process.ExitCode == 0,
                $"{command.FileName} {string.Join(' ', command.ArgumentList)} ended with {process.ExitCode}:\n{await output}{await errors}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }
}
