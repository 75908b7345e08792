using System.CommandLine;

namespace Weir.Cli.Commands;

/// <summary><c>weir help</c>, <c>weir help COMMAND</c></summary>
internal sealed class HelpCommand : Command
{
    private readonly Argument<string?> _name = new("command") { HelpName = "COMMAND", Arity = ArgumentArity.ZeroOrOne, Description = "The command to tell of" };

    public HelpCommand(CommandIo io)
        : base("help", "Tell what there is, or more of one command")
    {
        _name.CompletionSources.Add(_ => Root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name));
        Add(_name);
        SetAction(arguments => ShowHelpAction.Write(io.Output, Find(arguments.GetValue(_name))));
    }

    private RootCommand Root => (RootCommand)Parents.Single();

    /// <exception cref="UsageException">There is no command of that name.</exception>
    private Command Find(string? name) =>
        name is null ? Root : Root.Subcommands.FirstOrDefault(command => command.Name == name) ?? throw new UsageException(Mistake.NoCommand(Root, name));
}
