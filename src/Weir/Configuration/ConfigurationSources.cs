using Microsoft.Extensions.Configuration;

namespace Weir.Configuration;

/// <summary>Where a program without a host looks: weir.json in the working directory, the environment, the command line; later ones win.</summary>
internal static class ConfigurationSources
{
    public const string FileName = "weir.json";

    private const string ArgumentPrefix = "--weir:";

    public static WeirOptions Read(Action<WeirOptions>? configure, string directory, IEnumerable<string> arguments)
    {
        var options = new WeirOptions();
        configure?.Invoke(options);
        ConfigurationReader.Check(options);
        var builder = new ConfigurationBuilder();
        AddFile(builder, directory);
        builder.AddEnvironmentVariables("WEIR__");
        builder.AddCommandLine(OwnArguments(arguments));
        ConfigurationReader.Apply(Build(builder, directory), section: null, options);
        return options;
    }

    /// <summary>Reads only weir.json; a host brings the environment, the command line and files of its own.</summary>
    public static void ApplyFile(string directory, WeirOptions options)
    {
        var builder = new ConfigurationBuilder();
        AddFile(builder, directory);
        ConfigurationReader.Apply(Build(builder, directory), section: null, options);
    }

    private static void AddFile(ConfigurationBuilder builder, string directory)
    {
        builder.SetBasePath(directory);
        builder.AddJsonFile(FileName, optional: true, reloadOnChange: false);
    }

    private static IConfigurationRoot Build(ConfigurationBuilder builder, string directory)
    {
        try
        {
            return builder.Build();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            var reason = (e.InnerException ?? e).GetBaseException().Message;
            throw new WeirConfigurationException($"{Path.Combine(directory, FileName)} cannot be read: {reason}", e);
        }
    }

    /// <summary>A program's other arguments are its own: only those that start with --weir: are looked at, with the prefix taken off.</summary>
    private static string[] OwnArguments(IEnumerable<string> arguments)
    {
        var own = new List<string>();
        var takesNext = false;
        foreach (var argument in arguments)
        {
            var isOwn = argument.StartsWith(ArgumentPrefix, StringComparison.OrdinalIgnoreCase);
            if (isOwn) own.Add("--" + argument[ArgumentPrefix.Length..]);
            else if (takesNext) own.Add(argument);
            takesNext = isOwn && !argument.Contains('=', StringComparison.Ordinal);
        }
        return [.. own];
    }
}
