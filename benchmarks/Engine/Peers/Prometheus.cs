using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Weir.Engine.Queries;
using Weir.Engine.Series;

namespace Weir.Bench.Engine.Peers;

/// <summary>Debian's Prometheus on a free loopback port, with a data folder of its own and nothing to scrape.</summary>
internal sealed class Prometheus : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-bench-").FullName;
    private Process? _process;

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromMinutes(2) };

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

    public Task<QueryResult> InstantAsync(string query, long time) =>
        AskAsync("query", new() { ["query"] = query, ["time"] = Seconds(time) });

    public Task<QueryResult> RangeAsync(string query, long start, long end, long step) =>
        AskAsync("query_range", new() { ["query"] = query, ["start"] = Seconds(start), ["end"] = Seconds(end), ["step"] = Seconds(step) });

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

    /// <exception cref="QueryException">What Prometheus says against the query.</exception>
    private async Task<QueryResult> AskAsync(string what, Dictionary<string, string> parameters)
    {
        using var content = new FormUrlEncodedContent(parameters);
        using var answer = await Http.PostAsync("/api/v1/" + what, content);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        if (!answer.IsSuccessStatusCode) throw new QueryException(json.RootElement.GetProperty("error").GetString()!);
        var data = json.RootElement.GetProperty("data");
        var result = data.GetProperty("result");
        return data.GetProperty("resultType").GetString() switch
        {
            "scalar" => new(QueryResultKind.Scalar, [Series(QueryLabels.None, [result])]),
            "vector" => new(QueryResultKind.Vector, [.. result.EnumerateArray().Select(one => Series(Labels(one), [one.GetProperty("value")]))]),
            "matrix" => new(QueryResultKind.Matrix, [.. result.EnumerateArray().Select(one => Series(Labels(one), one.GetProperty("values").EnumerateArray()))]),
            var other => throw new InvalidOperationException($"Prometheus answers with a {other}."),
        };
    }

    private static QueryLabels Labels(JsonElement series) =>
        QueryLabels.Of(series.GetProperty("metric").EnumerateObject().Select(label => new Label(label.Name, label.Value.GetString()!)));

    private static QuerySeries Series(QueryLabels labels, IEnumerable<JsonElement> points)
    {
        var read = points.Select(point => ((long)Math.Round(point[0].GetDouble() * 1000) * 1_000_000, Number(point[1].GetString()!))).ToArray();
        return new(labels, [.. read.Select(point => point.Item1)], [.. read.Select(point => point.Item2)]);
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static string Seconds(long nanoseconds) => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1_000_000_000}.{nanoseconds / 1_000_000 % 1000:000}");

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
