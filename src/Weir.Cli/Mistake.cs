using System.CommandLine;
using System.CommandLine.Parsing;
using Weir.Engine;

namespace Weir.Cli;

/// <summary>What is wrong with a command line, in words that say what was given, what is allowed and what to do.</summary>
internal static class Mistake
{
    /// <summary>The first mistake, or null when there is none or the command line asks for help.</summary>
    public static string? Find(ParseResult result, string[] arguments)
    {
        if (result.GetResult("--help") is not null) return null;
        // The parser passes over "[word]" at the beginning where it knows no such directive.
        if (result.Tokens.FirstOrDefault(token => token.Type == TokenType.Directive) is { } directive)
        {
            return NoCommand((RootCommand)result.RootCommandResult.Command, directive.Value);
        }
        foreach (var option in result.CommandResult.Children.OfType<OptionResult>().Where(option => !option.Implicit))
        {
            if (OfOption(option) is { } mistake) return mistake;
        }
        if (result.UnmatchedTokens is [var token, ..]) return OfToken(result.CommandResult.Command, token, arguments);
        return result.Errors is [var error, ..] ? error.Message : null;
    }

    /// <summary>There is no command of that name.</summary>
    public static string NoCommand(RootCommand root, string name)
    {
        var names = root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name).ToArray();
        return $"There is no command '{name}'{Sentence(Spelling.Suggest(name, names))} The commands are {string.Join(", ", names)}; 'weir help' tells more.";
    }

    private static string? OfOption(OptionResult result)
    {
        var option = result.Option;
        if (result.IdentifierTokenCount > 1 && option.Arity.MaximumNumberOfValues <= 1) return $"{option.Name} is given twice.";
        return result.Tokens.Count < option.Arity.MinimumNumberOfValues ? NoValue(option) : null;
    }

    private static string OfToken(Command command, string token, string[] arguments)
    {
        if (command is RootCommand root) return NoCommand(root, token);
        var options = command.Options.Where(option => !option.Hidden).ToArray();
        var name = token.Split('=')[0];
        if (token.StartsWith('-'))
        {
            // The parser leaves "--title=" whole, and what stands before the command.
            if (options.FirstOrDefault(option => option.Name == name) is { } known)
            {
                return token.EndsWith('=') ? NoValue(known) : $"{name} belongs behind the command: weir {command.Name} {Usage(known)}.";
            }
            if (options.Length == 0) return $"weir {command.Name} has no option {name}. See 'weir help {command.Name}'.";
            var names = options.Select(option => option.Name).ToArray();
            return $"weir {command.Name} has no option {name}{Sentence(Spelling.Suggest(name, names))} It has {string.Join(", ", names)}.";
        }
        // The parser tears "--exit=yes" apart where an option has no value.
        var torn = arguments.FirstOrDefault(argument => argument.StartsWith('-') && argument.EndsWith("=" + token, StringComparison.Ordinal))?.Split('=')[0];
        if (options.FirstOrDefault(option => option.Name == torn) is { } flag) return $"{flag.Name} takes no value; '{token}' was given.";
        if (command.Arguments is [var argument]) return $"weir {command.Name} takes one {argument.Name}; '{token}' is one too many.";
        return options.Length == 0
            ? $"weir {command.Name} takes nothing more; '{token}' was given."
            : $"weir {command.Name} takes options only; '{token}' is none. See 'weir help {command.Name}'.";
    }

    private static string NoValue(Option option) => $"{option.Name} needs a value: {Usage(option)}.";

    private static string Usage(Option option) => option.HelpName is null ? option.Name : $"{option.Name} {option.HelpName}";

    private static string Sentence(string hint) => hint.Length > 0 ? hint : ".";
}
