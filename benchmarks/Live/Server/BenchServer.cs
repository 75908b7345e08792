using Weir.Engine.Time;

namespace Weir.Bench.Live.Server;

/// <summary>The program under test: an ordinary dashboard with its server and a thread that sends, driven through standard input.</summary>
internal static class BenchServer
{
    public static async Task<int> RunAsync()
    {
        await using var dashboard = new Dashboard(new WeirOptions { Port = 0, OpenBrowser = false, Range = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)) });
        await dashboard.StartAsync();
        await using var commands = new ServerCommands(dashboard);
        Write(dashboard.Url!.AbsoluteUri);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            try
            {
                Write(await commands.RunAsync(line.Split(' ')));
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or IOException)
            {
                Write($"error {e.Message}");
            }
        }
        return 0;
    }

    public static void Write(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
