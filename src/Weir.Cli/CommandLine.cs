using Weir.Cli.Arguments;
using Weir.Cli.Commands;
using Weir.Engine;

namespace Weir.Cli;

/// <summary>Finds the command and runs it. Exit codes: 0 done, 1 failed, 2 not understood.</summary>
internal static class CommandLine
{
    public static IReadOnlyList<Command> Commands { get; } = [DemoCommand.Create(), PipeCommand.Create(), HelpCommand.Create(), VersionCommand.Create()];

    public static async Task<int> RunAsync(string[] arguments, Terminal terminal)
    {
        try
        {
            return await DispatchAsync(arguments, terminal).ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            await terminal.Errors.WriteLineAsync($"weir: {e.Message}").ConfigureAwait(false);
            return 2;
        }
        catch (Exception e) when (e is IOException or WeirConfigurationException or UnauthorizedAccessException)
        {
            await terminal.Errors.WriteLineAsync($"weir: {e.Message}").ConfigureAwait(false);
            return 1;
        }
    }

    private static Task<int> DispatchAsync(string[] arguments, Terminal terminal)
    {
        var name = arguments.Length == 0 ? "help" : arguments[0] switch { "-h" or "--help" => "help", "-v" or "--version" => "version", var given => given };
        var command = Find(name);
        var rest = arguments.AsSpan(Math.Min(1, arguments.Length));
        if (command.Name == "help") return HelpCommand.RunAsync(rest, terminal);
        if (rest.ContainsAny("-h", "--help")) return HelpCommand.RunAsync([command.Name], terminal);
        return command.Run(ArgumentSet.Parse(command, rest), terminal);
    }

    /// <exception cref="UsageException">There is no command of that name.</exception>
    internal static Command Find(string name)
    {
        if (Commands.FirstOrDefault(command => command.Name == name) is { } found) return found;
        var names = Commands.Select(command => command.Name).ToArray();
        var hint = Spelling.Suggest(name, names);
        throw new UsageException($"There is no command '{name}'{(hint.Length > 0 ? hint : ".")} The commands are {string.Join(", ", names)}; 'weir help' tells more.");
    }
}
