using System.CommandLine;
using Weir.Cli.Commands;
using Weir.Engine;

namespace Weir.Cli.Completion;

/// <summary><c>weir completion bash</c>: prints the script that completes <c>weir</c> in a shell.</summary>
internal sealed class CompletionCommand : ExplainedCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish"];

    private readonly Argument<string?> _shell = new("shell") { HelpName = "SHELL", Arity = ArgumentArity.ZeroOrOne, Description = "bash, zsh or fish" };

    public CompletionCommand(CommandIo io)
        : base("completion", "Print the script that completes weir in bash, zsh or fish")
    {
        Examples =
        [
            ("source <(weir completion bash)", "Completes in this bash or zsh ('weir completion zsh'); in ~/.bashrc or ~/.zshrc in every one to come"),
            ("weir completion fish > ~/.config/fish/completions/weir.fish", "Completes in every fish"),
        ];
        _shell.CompletionSources.Add(Shells);
        Add(_shell);
        SetAction(arguments => io.Output.Write(Script(arguments.GetValue(_shell))));
    }

    private static string Script(string? shell) => shell switch
    {
        "bash" => CompletionScripts.Bash,
        "zsh" => CompletionScripts.Zsh,
        "fish" => CompletionScripts.Fish,
        null => throw new UsageException("weir completion needs a shell: bash, zsh or fish. See 'weir help completion'."),
        _ => throw new UsageException($"weir completion knows bash, zsh and fish; '{shell}' was given{Spelling.Suggest(shell, Shells)}"),
    };
}
