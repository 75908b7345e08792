using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Weir.EndToEnd.Browser;

namespace Weir.EndToEnd.Servers;

/// <summary>The weir command as a process of its own, as it was built, or another program with a dashboard.</summary>
internal sealed partial class WeirProcess : IAsyncDisposable
{
    private static readonly HttpClient Http = new();
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private WeirProcess(Process process) => _process = process;

    /// <summary>What it wrote to its output and its errors so far.</summary>
    public string Text => string.Join('\n', _lines);

    public StreamWriter Input => _process.StandardInput;

    /// <summary>Starts it. Nothing is known yet of how that goes.</summary>
    public static WeirProcess Start(params string[] arguments) =>
        Start(new ProcessStartInfo("dotnet", [ProgramPath(), .. arguments]) { WorkingDirectory = Path.GetTempPath() });

    /// <summary>Starts a program that serves a dashboard.</summary>
    public static WeirProcess Start(ProcessStartInfo start)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        var weir = new WeirProcess(Process.Start(start)!);
        weir._process.OutputDataReceived += weir.Note;
        weir._process.ErrorDataReceived += weir.Note;
        weir._process.BeginOutputReadLine();
        weir._process.BeginErrorReadLine();
        return weir;
    }

    /// <summary>Waits until it says where it is and is healthy there.</summary>
    public async Task<Uri> ServesAsync()
    {
        await Limit.Until(() => _process.HasExited || Address().IsMatch(Text), "weir says where it is");
        Assert.True(Address().Match(Text) is { Success: true }, $"weir ended: {Text}");
        var url = new Uri(Address().Match(Text).Groups[1].Value + "/");
        Assert.Equal("ok\n", await Http.GetStringAsync(new Uri(url, "healthz"), TestContext.Current.CancellationToken));
        return url;
    }

    /// <summary>Waits for its end; the result is the exit code.</summary>
    public async Task<int> ExitsAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit.Patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Names of the series that a server has, those of labels once each.</summary>
    public static async Task<string[]> SeriesAsync(Uri url)
    {
        using var answer = JsonDocument.Parse(await Http.GetStringAsync(new Uri(url, "api/v1/series?match[]={__name__=~%22.%2B%22}"), TestContext.Current.CancellationToken));
        return [.. answer.RootElement.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("__name__").GetString()!).Distinct()];
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string ProgramPath()
    {
        // tests/Weir.EndToEnd/bin/Release/net10.0: the command was built in the same configuration.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var root = output;
        while (!File.Exists(Path.Combine(root.FullName, "Weir.slnx"))) root = root.Parent ?? throw new DirectoryNotFoundException($"No Weir.slnx above {output}.");
        return Path.Combine(root.FullName, "src", "Weir.Cli", "bin", output.Parent!.Name, output.Name, "Weir.Cli.dll");
    }

    private void Note(object sender, DataReceivedEventArgs received)
    {
        if (received.Data is { } line) _lines.Enqueue(line);
    }

    [GeneratedRegex(@"Weir is live at (http://\S+)")]
    private static partial Regex Address();
}
