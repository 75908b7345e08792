namespace Weir.Bench.Live;

/// <summary>From a value sent to a picture moving in the browser.</summary>
internal static class LiveArea
{
    private static readonly (string Name, Func<Run, Task> RunAsync)[] Parts =
    [
        ("payload", Payload.RunAsync),
        ("start", StartUp.RunAsync),
        ("memory", HistoryMemory.RunAsync),
        ("ingest", JsonIngest.RunAsync),
        ("latency", PushLatency.RunAsync),
        ("throughput", Throughput.RunAsync),
        ("stalled", StalledViewers.RunAsync),
        ("frames", Frames.RunAsync),
    ];

    public static async Task RunAsync(Run run)
    {
        await PeerFiles.RestoreAsync();
        await run.PartsAsync(Parts);
    }
}
