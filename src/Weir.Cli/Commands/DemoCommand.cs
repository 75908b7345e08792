using Weir.Cli.Arguments;
using Weir.Cli.Demo;

namespace Weir.Cli.Commands;

/// <summary><c>weir demo</c>: this machine, live.</summary>
internal static class DemoCommand
{
    public static Command Create() => new("demo", "Show this machine live: processors, memory, disks, network, processes, logs", ServeOptions.All, RunAsync)
    {
        Examples = [("weir demo", "Opens the dashboard on the first free port from 3000 on"), ("weir demo --port 8080 --range 5m --theme dark", "Chooses the port, the range and the colors")],
    };

    private static async Task<int> RunAsync(ArgumentSet arguments, Terminal terminal)
    {
        var options = ServeOptions.Read(arguments, Environment.MachineName);
        using var serving = new Serving();
        await using var dashboard = new Dashboard(options, terminal.Time);
        using var demo = new MachineDashboard(dashboard, terminal.Time);
        await Serving.StartAsync(dashboard, options, terminal.Output, terminal).ConfigureAwait(false);
        demo.Start();
        await serving.Ended.ConfigureAwait(false);
        return 0;
    }
}
