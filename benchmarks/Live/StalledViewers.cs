using System.Net.Sockets;
using System.Text;
using Weir.Bench.Live.Server;
using Weir.Bench.Live.Viewers;

namespace Weir.Bench.Live;

/// <summary>Viewers that subscribe and never read: what each holds of the server, and whether the others notice.</summary>
internal static class StalledViewers
{
    private const int Count = 100;

    public static async Task RunAsync(Run run)
    {
        var (heap, resident, before, during) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < (run.IsQuick ? 1 : 3); round++)
        {
            using var server = await ServerProcess.StartAsync();
            await server.AskAsync("stream");
            before.Add(Statistics.Percentile(await PushLatency.MeasureAsync(server, 10, TimeSpan.FromSeconds(run.IsQuick ? 2 : 5)), 0.99));
            var (heapBefore, residentBefore) = (await HeapAsync(server), server.Memory().Resident);
            var sockets = new List<Socket>();
            try
            {
                for (var i = 0; i < Count; i++) sockets.Add(await StallAsync(server.Url));
                // The kernel takes some megabytes before a send has to wait.
                await Task.Delay(TimeSpan.FromSeconds(run.IsQuick ? 8 : 12));
                during.Add(Statistics.Percentile(await PushLatency.MeasureAsync(server, 10, TimeSpan.FromSeconds(run.IsQuick ? 2 : 5)), 0.99));
                var (heapDuring, residentDuring) = (await HeapAsync(server), server.Memory().Resident);
                var viewers = (await server.AskAsync("viewers"))[0];
                if (int.Parse(viewers) < Count) throw new InvalidOperationException($"Only {viewers} viewers are left.");
                heap.Add((heapDuring - heapBefore) / Count / 1024);
                resident.Add((residentDuring - residentBefore) * 1e6 / Count / 1024);
            }
            finally
            {
                foreach (var socket in sockets) socket.Dispose();
            }
        }
        run.Add(new Measurement("memory of a stalled viewer, resident", "KiB", Statistics.Median(resident)));
        run.Add(new Measurement("memory of a stalled viewer, managed heap", "KiB", Statistics.Median(heap)));
        run.Add(new Measurement("push latency p99 beside 100 stalled viewers", "ms", Statistics.Median(during)).Against("without them", Statistics.Median(before)).RatioAtMost(1.2));
    }

    private static async Task<double> HeapAsync(ServerProcess server) => double.Parse((await server.AskAsync("heap"))[0]);

    /// <summary>A WebSocket by hand, since a client would read ahead: it asks for every point of eight charts and goes silent.</summary>
    private static async Task<Socket> StallAsync(Uri url)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(url.Host, url.Port);
        var upgrade = $"GET /ws HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: d2VpcndlaXJ3ZWlyd2Vpcg==\r\nSec-WebSocket-Protocol: weir.v1.bin\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(upgrade));
        await socket.ReceiveAsync(new byte[16]);
        var widgets = Enumerable.Range(0, ChartStream.Charts).Select(i => $"chart{i}");
        await socket.SendAsync(Masked(Encoding.UTF8.GetBytes(WireViewer.Subscription(widgets, range: 1000, width: 8192))));
        return socket;
    }

    /// <summary>A text frame (RFC 6455) masked with zeros.</summary>
    private static byte[] Masked(byte[] text) => [0x81, 0x80 | 126, (byte)(text.Length >> 8), (byte)text.Length, 0, 0, 0, 0, .. text];
}
