using System.CommandLine;
using System.CommandLine.Help;
using Weir.Cli.Commands;
using Weir.Cli.Completion;

namespace Weir.Cli;

/// <summary>Finds the command and runs it. Exit codes: 0 done, 1 failed, 2 not understood.</summary>
internal static class CommandLine
{
    // An argument stays what was typed: "@x" is no file to read arguments from, "-hv" no two options.
    public static ParserConfiguration Parsing { get; } = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(string[] arguments, CommandIo io)
    {
        try
        {
            var result = Create(io).Parse(arguments, Parsing);
            if (Mistake.Find(result, arguments) is { } mistake) throw new UsageException(mistake);
            // Commands end by Ctrl+C in their own way, and their exceptions are told below.
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await result.InvokeAsync(invocation).ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            await io.Errors.WriteLineAsync($"weir: {e.Message}").ConfigureAwait(false);
            return 2;
        }
        catch (Exception e) when (e is IOException or WeirConfigurationException or UnauthorizedAccessException)
        {
            await io.Errors.WriteLineAsync($"weir: {e.Message}").ConfigureAwait(false);
            return 1;
        }
    }

    public static RootCommand Create(CommandIo io)
    {
        var root = new RootCommand("Weir: live dashboards for streaming data");
        root.Options.Clear();
        root.Directives.Clear();
        root.Add(new HelpOption("--help", "-h") { Description = "Tell more of a command", Recursive = true, Action = new ShowHelpAction(io.Output) });
        root.Add(new VersionOption("--version", "-v") { Description = "Tell the version", Action = new ShowVersionAction(io.Output) });
        root.Add(new DemoCommand(io));
        root.Add(new PipeCommand(io));
        root.Add(new CompletionCommand(io));
        root.Add(new HelpCommand(io));
        root.Add(new Command("version", "Tell the version") { Action = new ShowVersionAction(io.Output) });
        root.Add(new CompleteCommand(io));
        root.Action = new ShowHelpAction(io.Output);
        return root;
    }
}
