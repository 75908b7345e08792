using Weir.Engine;

namespace Weir.Cli.Arguments;

/// <summary>The options that were given to a command, as they were typed: <c>--name value</c>, <c>--name=value</c> or <c>--name</c>.</summary>
internal sealed class ArgumentSet
{
    private readonly Dictionary<string, List<string>> _values = [];

    /// <exception cref="UsageException">An option that the command does not have, one without its value, one given twice, or anything else.</exception>
    public static ArgumentSet Parse(Command command, ReadOnlySpan<string> arguments)
    {
        var set = new ArgumentSet();
        for (var i = 0; i < arguments.Length; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith('-'))
            {
                throw new UsageException($"weir {command.Name} takes options only; '{argument}' is none. See 'weir help {command.Name}'.");
            }
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? argument : argument[..equals];
            var option = command.Options.FirstOrDefault(known => known.Name == name) ?? throw Unknown(command, name);
            var value = equals < 0 ? null : argument[(equals + 1)..];
            if (option.Value is null && value is not null) throw new UsageException($"{name} takes no value; '{value}' was given.");
            if (option.Value is not null && value is null)
            {
                if (i + 1 == arguments.Length) throw new UsageException($"{name} needs a value: {name} {option.Value}.");
                value = arguments[++i];
            }
            set.Add(option, value ?? "");
        }
        return set;
    }

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>The value of an option, or null when it was not given.</summary>
    public string? Find(string name) => _values.TryGetValue(name, out var values) ? values[^1] : null;

    /// <summary>The values of an option that may be given more than once; null when it was not given.</summary>
    public IReadOnlyList<string>? FindAll(string name) => _values.GetValueOrDefault(name);

    /// <summary>The value of an option as one of a few words.</summary>
    /// <exception cref="UsageException">Another word.</exception>
    public string? FindWord(string name, params string[] allowed)
    {
        var value = Find(name);
        if (value is null || allowed.Contains(value)) return value;
        throw new UsageException($"{name} is {string.Join(", ", allowed[..^1])} or {allowed[^1]}; '{value}' was given{Spelling.Suggest(value, allowed)}");
    }

    private void Add(Option option, string value)
    {
        if (!_values.TryGetValue(option.Name, out var values)) _values[option.Name] = values = [];
        else if (!option.IsRepeatable) throw new UsageException($"{option.Name} is given twice.");
        values.Add(value);
    }

    private static UsageException Unknown(Command command, string name)
    {
        var names = command.Options.Select(option => option.Name).ToArray();
        var hint = Spelling.Suggest(name, names);
        return new UsageException($"weir {command.Name} has no option {name}{(hint.Length > 0 ? hint : ".")} It has {string.Join(", ", names)}.");
    }
}
