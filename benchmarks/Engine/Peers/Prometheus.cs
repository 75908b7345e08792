using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Weir.Engine.Series;

namespace Weir.Bench.Engine.Peers;

/// <summary>Debian's Prometheus on a free loopback port, with a data folder of its own and nothing to scrape.</summary>
internal sealed class Prometheus : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-bench-").FullName;
    private Process? _process;

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromMinutes(2) };

    public QueryClient Queries => new(Http);

    public static async Task<Prometheus> StartAsync()
    {
        var server = new Prometheus();
        try
        {
            await server.RunAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task WriteAsync(IEnumerable<(SeriesKey Key, long[] Times, double[] Values)> series)
    {
        using var content = new ByteArrayContent(RemoteWrite.Encode(series));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        using var answer = await Http.PostAsync("/api/v1/write", content);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"Prometheus takes no points: {await answer.Content.ReadAsStringAsync()}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunAsync()
    {
        var settings = Path.Combine(_folder, "prometheus.yml");
        await File.WriteAllTextAsync(settings, "global: {}\n");
        var port = FreePort();
        Http.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        string[] arguments =
        [
            $"--config.file={settings}", $"--storage.tsdb.path={Path.Combine(_folder, "data")}", $"--web.listen-address=127.0.0.1:{port}",
            "--web.enable-remote-write-receiver", "--storage.tsdb.retention.time=100y",
        ];
        _process = Process.Start(new ProcessStartInfo("prometheus", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        for (var tries = 0; ; tries++)
        {
            try
            {
                if ((await Http.GetAsync("/-/ready")).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (tries < 100)
            {
            }
            if (tries > 100 || _process.HasExited) throw new InvalidOperationException("Prometheus does not start.");
            await Task.Delay(100);
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
