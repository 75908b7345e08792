using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Text;

namespace Weir.Cli.Commands;

/// <summary>Tells what there is, or more of one command: <c>weir</c>, <c>weir --help</c>, <c>weir demo --help</c>.</summary>
internal sealed class ShowHelpAction(TextWriter output) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult) => Write(output, parseResult.CommandResult.Command);

    public static int Write(TextWriter output, Command command)
    {
        output.Write(command is RootCommand ? Overview(command) : Details(command));
        return 0;
    }

    private static string Overview(Command root)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{root.Description}.\n\nUsage: weir COMMAND [OPTIONS]\n\nCommands:\n");
        foreach (var command in root.Subcommands.Where(command => !command.Hidden))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {command.Name,-12}{command.Description}\n");
        }
        return text.Append("\nExamples:\n  weir demo\n  vmstat 1 | weir pipe\n\n'weir help COMMAND' tells the options of a command.\n").ToString();
    }

    private static string Details(Command command)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{command.Description}.\n\nUsage: weir {command.Name}");
        foreach (var argument in command.Arguments) text.Append(CultureInfo.InvariantCulture, $" [{argument.HelpName}]");
        text.Append(command.Options.Count > 0 ? " [OPTIONS]\n\nOptions:\n" : "\n");
        var width = command.Options.Select(option => Name(option).Length).DefaultIfEmpty().Max() + 2;
        foreach (var option in command.Options) text.Append("  ").Append(Name(option).PadRight(width)).Append(option.Description).Append('\n');
        if (command is not ExplainedCommand { Examples: { Count: > 0 } examples }) return text.ToString();
        text.Append("\nExamples:\n");
        foreach (var (line, meaning) in examples) text.Append(CultureInfo.InvariantCulture, $"  {line}\n      {meaning}\n");
        return text.ToString();
    }

    private static string Name(Option option) => option.HelpName is null ? option.Name : $"{option.Name} {option.HelpName}";
}
