using Weir.Bench.Live.Server;
using Weir.Bench.Live.Viewers;

namespace Weir.Bench.Live;

/// <summary>The whole process with a million points, its server running and someone watching.</summary>
internal static class HistoryMemory
{
    public static async Task RunAsync(Run run)
    {
        const int series = 50, points = 20_000;
        var (resident, most) = (new List<double>(), new List<double>());
        for (var round = 0; round < (run.IsQuick ? 1 : 3); round++)
        {
            using var server = await ServerProcess.StartAsync();
            var counts = await server.AskAsync($"fill {series} {points}");
            if (counts is not ["1000000", "0"]) throw new InvalidOperationException($"The engine took {counts[0]} points and lost {counts[1]}.");
            await using var viewer = await WireViewer.ConnectAsync(server.Socket, WireViewer.Subscription(["history"], 200_000, 1200), (_, _) => { });
            await Task.Delay(3000);
            if (viewer.Bytes < 50 * 1000 * 32) throw new InvalidOperationException($"The viewer got {viewer.Bytes} bytes, which cannot be all of the history.");
            var memory = server.Memory();
            resident.Add(memory.Resident);
            most.Add(memory.ResidentMax);
        }
        run.Add(new Measurement("memory, 1,000,000 points in 50 series", "MB", Statistics.Median(resident))
        {
            Note = "VmRSS of the whole process three seconds after a viewer connected and got all of it, without forcing a collection; built as the weir command is, without TieredPGO and with a small youngest generation (docs/decisions/0010 and 0016). A third each of regular gauges with two decimals, random walks and bursty integers, a point every 10 ms.",
        }.AtMost(90));
        run.Add(new Measurement("memory, most while filling and sending", "MB", Statistics.Median(most)) { Note = "VmHWM of the same process." });
    }
}
