using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Weir.EndToEnd.Browser;
using Weir.EndToEnd.Servers;

namespace Weir.EndToEnd.Packages;

/// <summary>What a stranger does: installs from a feed, in a folder that knows nothing of this repository, and sees the first point.</summary>
public sealed partial class PackageTests(PackageFeed feed) : IClassFixture<PackageFeed>
{
    private const string Program = """
        using Weir;
        Live.Metric("cpu").Send(75);
        await Task.Delay(Timeout.Infinite);
        """;

    [Fact]
    public async Task File_of_one_line_when_it_names_the_package_then_its_point_is_served()
    {
        var folder = feed.Folder("single");
        await File.WriteAllTextAsync(Path.Combine(folder, "cpu.cs"), $"#:package Weir@{feed.Version}\n{Program}", TestContext.Current.CancellationToken);

        await feed.RunAsync(folder, "dotnet", "build", "cpu.cs");

        await ExpectPointAsync(folder, "run", "--no-build", "cpu.cs");
    }

    [Fact]
    public async Task Console_project_when_the_package_is_added_then_its_point_is_served()
    {
        var folder = feed.Folder("project");
        await feed.RunAsync(folder, "dotnet", "new", "console", "--no-restore");
        await feed.RunAsync(folder, "dotnet", "add", "package", "Weir", "--version", feed.Version);
        // Aggregation has no using of its own: the package's buildTransitive/Weir.props brings it.
        var program = Program.Replace("\"cpu\"", "\"cpu\", new() { Aggregation = Aggregation.Max }", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), program, TestContext.Current.CancellationToken);

        await feed.RunAsync(folder, "dotnet", "build");

        await ExpectPointAsync(folder, "run", "--no-build");
    }

    [Fact]
    public async Task Tool_when_it_is_installed_then_the_command_serves_the_demo_and_its_page()
    {
        var folder = feed.Folder("tool");
        await feed.RunAsync(folder, "dotnet", "tool", "install", "Weir.Tool", "--version", feed.Version, "--tool-path", "bin", "--add-source", feed.Packages);

        await using var weir = Started.Of(feed.Start(folder, Path.Combine(folder, "bin", "weir"), "demo", "--no-browser", "--port", "0"));
        var url = await weir.AddressAsync();

        await Limit.Until(async () => (await WeirProcess.SeriesAsync(url)).Contains("system.cpu"), "the demo's series");
        using var http = new HttpClient();
        Assert.Contains("<script", await http.GetStringAsync(url, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task ExpectPointAsync(string folder, params string[] arguments)
    {
        await using var program = Started.Of(feed.Start(folder, "dotnet", arguments));
        var url = await program.AddressAsync();
        await Limit.Until(async () => (await WeirProcess.SeriesAsync(url)).Contains("cpu"), "the point of cpu");
    }

    /// <summary>A program that says where it serves.</summary>
    private sealed partial class Started : IAsyncDisposable
    {
        private readonly Process _process;
        private readonly StringBuilder _text = new();

        private Started(Process process) => _process = process;

        public static Started Of(Process process)
        {
            var started = new Started(process);
            process.OutputDataReceived += started.Note;
            process.ErrorDataReceived += started.Note;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return started;
        }

        public async Task<Uri> AddressAsync()
        {
            await Limit.Until(() => _process.HasExited || Address().IsMatch(Text()), "the program says where it serves");
            Assert.True(Address().Match(Text()) is { Success: true }, $"It ended: {Text()}");
            return new Uri(Address().Match(Text()).Value + "/");
        }

        public async ValueTask DisposeAsync()
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        private string Text()
        {
            lock (_text) return _text.ToString();
        }

        private void Note(object sender, DataReceivedEventArgs received)
        {
            lock (_text) _text.AppendLine(received.Data);
        }

        [GeneratedRegex(@"http://(localhost|127\.0\.0\.1|\[::1\]):\d+")]
        private static partial Regex Address();
    }
}
