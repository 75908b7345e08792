namespace Weir.Bench.Engine;

/// <summary>The time-series engine by itself, against what an application would use in its place.</summary>
internal static class EngineArea
{
    private static readonly (string Name, Func<Run, Task> RunAsync)[] Parts =
    [
        ("scan", Scan.RunAsync),
        ("zoom", Zoom.RunAsync),
        ("stores", StoredBytes.RunAsync),
        ("recording", Recording.RunAsync),
        ("chunks", ChunkCodecs.RunAsync),
        ("sketches", Sketches.RunAsync),
        ("windows", Windows.RunAsync),
        ("queries", Queries.RunAsync),
        ("query-times", QueryTimes.RunAsync),
        ("live-queries", LiveQueries.RunAsync),
    ];

    public static Task RunAsync(Run run) => run.PartsAsync(Parts);
}
