using Weir.Cli.Arguments;
using Weir.Cli.Pipe;
using Weir.Connectors.Text;

namespace Weir.Cli.Commands;

/// <summary><c>… | weir pipe</c>: standard input, live.</summary>
internal static class PipeCommand
{
    public static Command Create() => new("pipe", "Show standard input live: numbers, vmstat and the like, CSV, key=value, JSON lines, logs", Options(), RunAsync)
    {
        Examples =
        [
            ("vmstat 1 | weir pipe", "Columns with a header are found by themselves"),
            ("tail -f access.log | weir pipe --regex 'status=(?<status>\\d+) time=(?<ms>[\\d.]+)' --label status", "Named groups become series and labels"),
            ("./job | weir pipe --tee | gzip > job.log.gz", "Watches and passes on what flows through"),
        ],
    };

    private static Option[] Options() =>
    [
        .. ServeOptions.All,
        new("--regex", "PATTERN", "Named groups of this regular expression: numbers are series, others labels"),
        new("--label", "FIELD", "A field that names series instead of being one; may be given again", IsRepeatable: true),
        new("--time", "WHICH", "auto, event (the times of the lines, however old), arrival, or the name of the column that holds the time"),
        new("--tee", null, "Also write what is read to standard output"),
        new("--exit", null, "End when the input ends; otherwise the dashboard stays until Ctrl+C"),
    ];

    private static async Task<int> RunAsync(ArgumentSet arguments, Terminal terminal)
    {
        var options = ServeOptions.Read(arguments, "weir pipe");
        var textOptions = Read(arguments);
        if (terminal.IsInputTerminal) throw new UsageException("There is nothing to read: weir pipe shows what another program writes, as in 'vmstat 1 | weir pipe'.");
        using var serving = new Serving();
        await using var dashboard = new Dashboard(options, terminal.Time);
        var source = Create(dashboard, textOptions, terminal.Time);
        using var pipe = new PipeDashboard(dashboard, source, terminal.Errors, terminal.Time);
        await Serving.StartAsync(dashboard, options, terminal.Errors, terminal).ConfigureAwait(false);
        var reading = ReadAsync(source, pipe, arguments, terminal, serving);
        await serving.Ended.ConfigureAwait(false);
        // Reading from a pipe cannot be interrupted; it ends with the process.
        return reading.IsCompleted ? await reading.ConfigureAwait(false) : 0;
    }

    private static async Task<int> ReadAsync(TextSource source, PipeDashboard pipe, ArgumentSet arguments, Terminal terminal, Serving serving)
    {
        // A terminal's read blocks its thread; the caller's must be free to end.
        await Task.Yield();
        try
        {
            await using var input = terminal.OpenInput();
            await using var copy = arguments.Has("--tee") ? terminal.OpenOutput() : null;
            await source.RunAsync(input, copy).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await terminal.Errors.WriteLineAsync($"weir: reading stopped: {e.Message}").ConfigureAwait(false);
            serving.End();
            return 1;
        }
        pipe.Finish();
        if (arguments.Has("--exit")) serving.End();
        return 0;
    }

    private static TextSourceOptions Read(ArgumentSet arguments)
    {
        var (times, column) = TimeWord.Read(arguments.Find("--time"));
        return new TextSourceOptions { Regex = arguments.Find("--regex"), Labels = arguments.FindAll("--label"), Times = times, TimeName = column };
    }

    private static TextSource Create(Dashboard dashboard, TextSourceOptions options, TimeProvider time)
    {
        try
        {
            return new TextSource(dashboard.Engine, options, time);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--regex: {e.Message.Split(" (Parameter")[0]}");
        }
    }
}
