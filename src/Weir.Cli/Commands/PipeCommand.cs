using System.CommandLine;
using Weir.Cli.Pipe;
using Weir.Connectors.Text;

namespace Weir.Cli.Commands;

/// <summary><c>… | weir pipe</c>: standard input, live.</summary>
internal sealed class PipeCommand : ExplainedCommand
{
    private readonly CommandIo _io;
    private readonly ServeOptions _serve;
    private readonly Option<string?> _regex = OptionOf.Text("--regex", "PATTERN", "Named groups of this regular expression: numbers are series, others labels");
    private readonly Option<string[]?> _labels = OptionOf.Texts("--label", "FIELD", "A field that names series instead of being one; may be given again");
    private readonly Option<string?> _times = OptionOf.Value<string>(
        "--time", "WHICH", "auto, event (the times of the lines, however old), arrival, or the name of the column that holds the time", TimeWord.Check, TimeWord.Words);
    private readonly Option<bool> _tee = OptionOf.Flag("--tee", "Also write what is read to standard output");
    private readonly Option<bool> _exit = OptionOf.Flag("--exit", "End when the input ends; otherwise the dashboard stays until Ctrl+C");

    public PipeCommand(CommandIo io)
        : base("pipe", "Show standard input live: numbers, vmstat and the like, CSV, key=value, JSON lines, logs")
    {
        Examples =
        [
            ("vmstat 1 | weir pipe", "Columns with a header are found by themselves"),
            ("tail -f access.log | weir pipe --regex 'status=(?<status>\\d+) time=(?<ms>[\\d.]+)' --label status", "Named groups become series and labels"),
            ("./job | weir pipe --tee | gzip > job.log.gz", "Watches and passes on what flows through"),
        ];
        (_io, _serve) = (io, new ServeOptions(this));
        foreach (var option in new Option[] { _regex, _labels, _times, _tee, _exit }) Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments)
    {
        var options = _serve.Read(arguments, "weir pipe");
        var textOptions = Read(arguments);
        if (_io.IsInputTerminal)
        {
            throw new UsageException("There is nothing to read: weir pipe shows what another program writes, as in 'vmstat 1 | weir pipe'.");
        }
        using var serving = new Serving();
        await using var dashboard = new Dashboard(options, _io.Time);
        var source = Create(dashboard, textOptions);
        using var pipe = new PipeDashboard(dashboard, source, _io.Errors, _io.Time);
        await Serving.StartAsync(dashboard, options, _io.Errors, _io).ConfigureAwait(false);
        var reading = ReadAsync(source, pipe, arguments, serving);
        await serving.Ended.ConfigureAwait(false);
        // Reading from a pipe cannot be interrupted; it ends with the process.
        return reading.IsCompleted ? await reading.ConfigureAwait(false) : 0;
    }

    private async Task<int> ReadAsync(TextSource source, PipeDashboard pipe, ParseResult arguments, Serving serving)
    {
        // A terminal's read blocks its thread; the caller's must be free to end.
        await Task.Yield();
        try
        {
            await using var input = _io.OpenInput();
            await using var copy = arguments.GetValue(_tee) ? _io.OpenOutput() : null;
            await source.RunAsync(input, copy).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await _io.Errors.WriteLineAsync($"weir: reading stopped: {e.Message}").ConfigureAwait(false);
            serving.End();
            return 1;
        }
        pipe.Finish();
        if (arguments.GetValue(_exit)) serving.End();
        return 0;
    }

    private TextSourceOptions Read(ParseResult arguments)
    {
        var (times, column) = TimeWord.Read(arguments.GetValue(_times));
        return new TextSourceOptions
        {
            Regex = arguments.GetValue(_regex),
            Labels = arguments.GetValue(_labels) is { Length: > 0 } labels ? labels : null,
            Times = times,
            TimeName = column,
        };
    }

    private TextSource Create(Dashboard dashboard, TextSourceOptions options)
    {
        try
        {
            return new TextSource(dashboard.Engine, options, _io.Time);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--regex: {e.Message.Split(" (Parameter")[0]}");
        }
    }
}
