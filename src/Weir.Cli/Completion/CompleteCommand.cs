using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.RegularExpressions;

namespace Weir.Cli.Completion;

/// <summary>
/// <c>weir __complete TEXT</c>, which the scripts of <see cref="CompletionScripts"/> run: a line for each word that may come next, with a tab and its summary.
/// </summary>
internal sealed partial class CompleteCommand : Command
{
    public CompleteCommand(CommandIo io)
        : base("__complete", "What may come next; shells ask")
    {
        Hidden = true;
        var text = new Argument<string>("text") { HelpName = "TEXT", Arity = ArgumentArity.ZeroOrOne };
        Add(text);
        SetAction(arguments =>
        {
            foreach (var item in Candidates((RootCommand)Parents.Single(), arguments.GetValue(text) ?? ""))
            {
                io.Output.WriteLine(item.Detail is null ? item.Label : $"{item.Label}\t{item.Detail}");
            }
        });
    }

    /// <param name="root">The commands there are.</param>
    /// <param name="text">The command line up to the cursor, without the command's name.</param>
    private static IEnumerable<CompletionItem> Candidates(RootCommand root, string text)
    {
        // The library does not complete "--theme=d", but "--theme d".
        var spaced = EqualsOfOption().Replace(text, " ");
        var word = spaced[(spaced.LastIndexOf(' ') + 1)..];
        // "-h" says less than "--help"; and the library also offers what has the word in its middle.
        return root.Parse(spaced, CommandLine.Parsing).GetCompletions(spaced.Length)
            .Where(item => item.Label is not ['-', not '-'] && item.Label.StartsWith(word, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(?<=\s--[A-Za-z-]+)=")]
    private static partial Regex EqualsOfOption();
}
