using System.CommandLine;
using Weir.Engine;

namespace Weir.Cli.Commands;

/// <summary>Makes options whose refusals are in words of ours.</summary>
internal static class OptionOf
{
    /// <summary>An option without a value.</summary>
    public static Option<bool> Flag(string name, string summary) => new(name) { Description = summary, Arity = ArgumentArity.Zero };

    /// <summary>An option with a value as it was typed; null when it is not given.</summary>
    public static Option<string?> Text(string name, string valueName, string summary) => new(name) { Description = summary, HelpName = valueName };

    /// <summary>An option that may be given again, with a value each time; null when it is not given.</summary>
    public static Option<string[]?> Texts(string name, string valueName, string summary) =>
        new(name) { Description = summary, HelpName = valueName, Arity = ArgumentArity.OneOrMore };

    /// <summary>An option with a value that is read; <paramref name="parse"/> throws a <see cref="UsageException"/> where it is not allowed.</summary>
    /// <param name="name">With its hyphens: <c>--port</c>.</param>
    /// <param name="valueName">What stands for the value in the help.</param>
    /// <param name="summary">One line for the help.</param>
    /// <param name="parse">Reads what was typed.</param>
    /// <param name="suggestions">Values that completion offers.</param>
    public static Option<T?> Value<T>(string name, string valueName, string summary, Func<string, T> parse, params string[] suggestions)
    {
        var option = new Option<T?>(name)
        {
            Description = summary,
            HelpName = valueName,
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = result =>
            {
                try
                {
                    if (result.Tokens is [var token]) return parse(token.Value);
                }
                catch (UsageException e)
                {
                    result.AddError(e.Message);
                }
                return default;
            },
        };
        option.CompletionSources.Add(suggestions);
        return option;
    }

    /// <summary>An option whose value is one of a few words; null when it is not given.</summary>
    public static Option<string?> Word(string name, string valueName, string summary, params string[] allowed)
    {
        return Value(name, valueName, summary, Parse, allowed);

        string Parse(string value) => allowed.Contains(value)
            ? value
            : throw new UsageException($"{name} is {string.Join(", ", allowed[..^1])} or {allowed[^1]}; '{value}' was given{Spelling.Suggest(value, allowed)}");
    }
}
