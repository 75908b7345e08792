using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace Weir.Cli.Commands;

/// <summary><c>weir version</c>, <c>weir --version</c></summary>
internal sealed class ShowVersionAction(TextWriter output) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var version = typeof(ShowVersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        output.WriteLine($"weir {version.Split('+')[0]}");
        return 0;
    }
}
