using System.CommandLine;
using Weir.Cli.Demo;

namespace Weir.Cli.Commands;

/// <summary><c>weir demo</c>: this machine, live.</summary>
internal sealed class DemoCommand : ExplainedCommand
{
    private readonly CommandIo _io;
    private readonly ServeOptions _serve;

    public DemoCommand(CommandIo io)
        : base("demo", "Show this machine live: processors, memory, disks, network, processes, logs")
    {
        Examples =
        [
            ("weir demo", "Opens the dashboard on the first free port from 3000 on"),
            ("weir demo --port 8080 --range 5m --theme dark", "Chooses the port, the range and the colors"),
        ];
        (_io, _serve) = (io, new ServeOptions(this));
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments)
    {
        var options = _serve.Read(arguments, Environment.MachineName);
        using var serving = new Serving();
        await using var dashboard = new Dashboard(options, _io.Time);
        using var demo = new MachineDashboard(dashboard, _io.Time);
        await Serving.StartAsync(dashboard, options, _io.Output, _io).ConfigureAwait(false);
        demo.Start();
        await serving.Ended.ConfigureAwait(false);
        return 0;
    }
}
