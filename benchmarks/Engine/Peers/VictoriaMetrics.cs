using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Weir.Bench.Engine.Peers;

/// <summary>Debian's VictoriaMetrics on a free loopback port, with a data folder of its own.</summary>
internal sealed class VictoriaMetrics : IAsyncDisposable
{
    public const string Package = "victoria-metrics";

    private readonly string _folder = Directory.CreateTempSubdirectory("weir-bench-").FullName;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };
    private Process? _process;

    /// <summary>Bytes of its data files after flush and merge, without the index, for points that all have their own millisecond.</summary>
    public static async Task<long> BytesAsync(IReadOnlyList<(long[] Times, double[] Values)> series)
    {
        await using var server = new VictoriaMetrics();
        await server.StartAsync();
        for (var i = 0; i < series.Count; i++) await server.ImportAsync(i, series[i].Times, series[i].Values);
        await server.GetAsync("/internal/force_flush");
        await server.GetAsync("/internal/force_merge");
        var points = series.Sum(one => (long)one.Values.Length);
        for (var tries = 0; tries < 100; tries++)
        {
            var metrics = await server.GetAsync("/metrics");
            if (Sum(metrics, "vm_rows{type=\"storage") == points && Sum(metrics, "vm_active_merges") == 0) return (long)Sum(metrics, "vm_data_size_bytes{type=\"storage");
            await Task.Delay(100);
        }
        throw new InvalidOperationException("VictoriaMetrics does not hold all points.");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync()
    {
        var port = FreePort();
        _http.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        _process = Process.Start(new ProcessStartInfo("victoria-metrics", [$"-storageDataPath={_folder}", $"-httpListenAddr=127.0.0.1:{port}", "-retentionPeriod=10y"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        for (var tries = 0; ; tries++)
        {
            try
            {
                await GetAsync("/health");
                return;
            }
            catch (HttpRequestException) when (tries < 100)
            {
                await Task.Delay(100);
            }
        }
    }

    private async Task ImportAsync(int number, long[] times, double[] values)
    {
        var text = new StringBuilder($$$"""{"metric":{"__name__":"bench","series":"{{{number}}}"},"values":[""");
        text.AppendJoin(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
        text.Append("],\"timestamps\":[").AppendJoin(',', times.Select(time => time / 1_000_000)).Append("]}\n");
        (await _http.PostAsync("/api/v1/import", new StringContent(text.ToString()))).EnsureSuccessStatusCode();
    }

    private async Task<string> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    private static double Sum(string metrics, string prefix) => metrics.Split('\n')
        .Where(line => line.StartsWith(prefix, StringComparison.Ordinal)).Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
