using System.Globalization;
using System.Text;
using Weir.Cli.Arguments;

namespace Weir.Cli.Commands;

/// <summary><c>weir help</c>, <c>weir help COMMAND</c></summary>
internal static class HelpCommand
{
    public static Command Create() => new("help", "Tell what there is, or more of one command", [], static (_, terminal) => RunAsync([], terminal));

    /// <exception cref="UsageException">There is no command of that name.</exception>
    public static Task<int> RunAsync(ReadOnlySpan<string> names, Terminal terminal)
    {
        var text = names.Length == 0 ? Overview() : Details(CommandLine.Find(names[0]));
        return WriteAsync(text, terminal);
    }

    private static async Task<int> WriteAsync(string text, Terminal terminal)
    {
        await terminal.Output.WriteAsync(text).ConfigureAwait(false);
        return 0;
    }

    private static string Overview()
    {
        var text = new StringBuilder("Weir: live dashboards for streaming data.\n\nUsage: weir COMMAND [OPTIONS]\n\nCommands:\n");
        foreach (var command in CommandLine.Commands) text.Append(CultureInfo.InvariantCulture, $"  {command.Name,-10}{command.Summary}\n");
        return text.Append("\nExamples:\n  weir demo\n  vmstat 1 | weir pipe\n\n'weir help COMMAND' tells the options of a command.\n").ToString();
    }

    private static string Details(Command command)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{command.Summary}.\n\nUsage: weir {command.Name}{(command.Options.Count > 0 ? " [OPTIONS]" : "")}\n");
        if (command.Options.Count > 0) text.Append("\nOptions:\n");
        var width = command.Options.Select(option => Name(option).Length).DefaultIfEmpty().Max() + 2;
        foreach (var option in command.Options) text.Append("  ").Append(Name(option).PadRight(width)).Append(option.Summary).Append('\n');
        if (command.Examples.Count > 0) text.Append("\nExamples:\n");
        foreach (var (line, meaning) in command.Examples) text.Append(CultureInfo.InvariantCulture, $"  {line}\n      {meaning}\n");
        return text.ToString();
    }

    private static string Name(Option option) => option.Value is null ? option.Name : $"{option.Name} {option.Value}";
}
