using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Weir.Engine;

namespace Weir.Configuration;

/// <summary>Reads <see cref="WeirOptions"/> from configuration, strictly: an unknown key or a wrong value is an error that says where it is.</summary>
internal static class ConfigurationReader
{
    /// <param name="root">Where to read.</param>
    /// <param name="section">Section that holds the keys, or null when they lie at the root.</param>
    /// <param name="options">What to set.</param>
    /// <exception cref="WeirConfigurationException">A key is unknown or a value not allowed.</exception>
    public static void Apply(IConfigurationRoot root, string? section, WeirOptions options)
    {
        IConfiguration keys = section is null ? root : root.GetSection(section);
        foreach (var (path, value) in keys.AsEnumerable(makePathsRelative: true))
        {
            if (value is null || path.Length == 0) continue;
            var fullPath = section is null ? path : $"{section}:{path}";
            var key = OptionKey.All.FirstOrDefault(known => known.Name.Equals(path, StringComparison.OrdinalIgnoreCase))
                ?? throw Unknown(path, PlaceOf(root, fullPath));
            if (!key.TrySet(options, value)) throw Refuse(key, value, PlaceOf(root, fullPath));
        }
    }

    /// <summary>Checks what code has set.</summary>
    /// <exception cref="WeirConfigurationException">A value is not allowed.</exception>
    public static void Check(WeirOptions options)
    {
        var scratch = new WeirOptions();
        foreach (var (name, value) in OptionKey.TextOf(options))
        {
            var key = OptionKey.All.Single(known => known.Name == name);
            if (!key.TrySet(scratch, value)) throw Refuse(key, value, "the program's code");
        }
    }

    private static WeirConfigurationException Refuse(OptionKey key, string value, string place) =>
        new($"{key.Name} is '{value}' in {place}; allowed is {key.Allowed}.");

    private static WeirConfigurationException Unknown(string path, string place)
    {
        var names = OptionKey.All.Select(key => key.Name).ToArray();
        return new($"'{path}' in {place} is not a setting of Weir. Settings are {string.Join(", ", names)}{Spelling.Suggest(path, names)}");
    }

    /// <summary>Where the value that counts was given: the last provider that has it.</summary>
    private static string PlaceOf(IConfigurationRoot root, string path)
    {
        var provider = root.Providers.Reverse().FirstOrDefault(candidate => candidate.TryGet(path, out _));
        return provider switch
        {
            JsonConfigurationProvider json => json.Source.FileProvider?.GetFileInfo(json.Source.Path ?? "").PhysicalPath ?? json.Source.Path ?? "a JSON file",
            EnvironmentVariablesConfigurationProvider => $"the environment variable {EnvironmentName(path)}",
            CommandLineConfigurationProvider => $"the command line (--{CommandLineName(path)})",
            _ => provider?.ToString() ?? "the configuration",
        };
    }

    private static string EnvironmentName(string path) => "WEIR__" + WithoutSection(path).Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant();

    private static string CommandLineName(string path) => "weir:" + WithoutSection(path);

    private static string WithoutSection(string path) => path.StartsWith("weir:", StringComparison.OrdinalIgnoreCase) ? path[5..] : path;
}
