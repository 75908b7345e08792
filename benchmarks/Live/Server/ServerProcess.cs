using System.Diagnostics;

namespace Weir.Bench.Live.Server;

/// <summary>A <see cref="BenchServer"/> in a process of its own, told what to do line by line. It ends when this side does.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    public Uri Socket => new UriBuilder(new Uri(Url, "/ws")) { Scheme = "ws" }.Uri;

    public static async Task<ServerProcess> StartAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["--child"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // As the weir command is built (docs/decisions/0010 and 0016). Here alone: peers measured in the benchmark's own process keep what they are best with.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_GCGen0MaxBudget"] = "0x200000";
        var process = Process.Start(start)!;
        var url = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server process did not start.");
        return new ServerProcess(process, new Uri(url));
    }

    /// <summary>Sends a command and returns the words of its answer.</summary>
    public async Task<string[]> AskAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        return await AnswerAsync();
    }

    /// <summary>A further line of an answer.</summary>
    public async Task<string[]> AnswerAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var line = await _process.StandardOutput.ReadLineAsync(deadline.Token) ?? throw new InvalidOperationException("The server process ended.");
        return line.StartsWith("error", StringComparison.Ordinal) ? throw new InvalidOperationException(line) : line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    public ProcessMemory Memory() => ProcessMemory.Of(_process.Id);

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000)) _process.Kill();
        _process.Dispose();
    }
}

/// <summary>What the kernel says a process takes, in megabytes of 10^6 bytes.</summary>
internal readonly record struct ProcessMemory(double Resident, double ResidentMax)
{
    public static ProcessMemory Of(int process)
    {
        var lines = File.ReadAllLines($"/proc/{process}/status");
        return new(Find("VmRSS:"), Find("VmHWM:"));

        double Find(string name) => long.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]) * 1024 / 1e6;
    }
}
