using Weir.Bench.Live.Server;
using Weir.Bench.Live.Viewers;

namespace Weir.Bench.Live;

/// <summary>From a send to the frame received, by every one of a hundred viewers.</summary>
internal static class PushLatency
{
    public static async Task RunAsync(Run run)
    {
        const int viewers = 100;
        using var server = await ServerProcess.StartAsync();
        var (middle, tail) = (new List<double>(), new List<double>());
        for (var round = 0; round < run.Rounds; round++)
        {
            var latencies = await MeasureAsync(server, viewers, TimeSpan.FromSeconds(run.IsQuick ? 2 : 5));
            middle.Add(Statistics.Median(latencies));
            tail.Add(Statistics.Percentile(latencies, 0.99));
        }
        run.Add(new Measurement("push latency, 100 viewers, p50", "ms", Statistics.Median(middle)));
        run.Add(new Measurement("push latency, 100 viewers, p99", "ms", Statistics.Median(tail))
        {
            Note = "Send to frame received over the monotonic clock of the machine; every send counts for every viewer, also one that a later one overtook. Median of the rounds' p99; a tick is 16 ms.",
        }.AtMost(100));
    }

    /// <summary>Milliseconds of every send to every viewer.</summary>
    public static async Task<List<double>> MeasureAsync(ServerProcess server, int viewers, TimeSpan duration)
    {
        await server.AskAsync("pulse");
        var watching = await Task.WhenAll(Enumerable.Range(0, viewers).Select(_ => PulseViewer.ConnectAsync(server.Socket)));
        await Task.Delay(500);
        // What was sent before everyone was there does not count.
        var from = System.Diagnostics.Stopwatch.GetTimestamp();
        await Task.Delay(duration);
        var sent = (await server.AskAsync("pulse-end")).Select(long.Parse).Where(value => value >= from).ToArray();
        await Task.Delay(300);
        var latencies = new List<double>(sent.Length * viewers);
        foreach (var viewer in watching)
        {
            await viewer.DisposeAsync();
            latencies.AddRange(viewer.Latencies(sent));
        }
        return latencies;
    }
}
