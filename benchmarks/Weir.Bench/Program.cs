using Weir.Bench.Engine;
using Weir.Bench.Live;
using Weir.Bench.Live.Server;

namespace Weir.Bench;

internal static class Program
{
    private static readonly SortedDictionary<string, Func<Run, Task>> Areas = new()
    {
        ["engine"] = EngineArea.RunAsync,
        ["live"] = LiveArea.RunAsync,
    };

    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["--child"]) return await BenchServer.RunAsync();
        if (arguments.Length == 0 || !Areas.TryGetValue(arguments[0], out var area)) return Usage(arguments);
        var options = RunOptions.Parse(arguments.AsSpan(1));
        if (options is null) return Usage(arguments);
        var run = new Run(arguments[0], options);
        try
        {
            await area(run);
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine($"bench: {e.Message}");
            return 2;
        }
        return run.Finish();
    }

    private static int Usage(string[] arguments)
    {
        if (arguments.Length > 0) Console.Error.WriteLine($"bench: '{string.Join(' ', arguments)}' is not understood.");
        Console.Error.WriteLine($"Usage: ./bench <area> [--quick] [--json FILE] [--only NAME]   areas: {string.Join(", ", Areas.Keys)}");
        return 2;
    }
}
