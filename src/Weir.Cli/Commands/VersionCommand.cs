using System.Reflection;
using Weir.Cli.Arguments;

namespace Weir.Cli.Commands;

/// <summary><c>weir version</c></summary>
internal static class VersionCommand
{
    public static Command Create() => new("version", "Tell the version", [], RunAsync);

    private static async Task<int> RunAsync(ArgumentSet arguments, Terminal terminal)
    {
        var version = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        await terminal.Output.WriteLineAsync($"weir {version.Split('+')[0]}").ConfigureAwait(false);
        return 0;
    }
}
