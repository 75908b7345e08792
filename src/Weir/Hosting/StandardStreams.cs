#pragma warning disable RS0030 // The one place of this library that knows the console: the address and the reason of a failure go there.
namespace Weir.Hosting;

/// <summary>The console, where there is one.</summary>
internal static class StandardStreams
{
    public static TextWriter Output => Console.Out;

    public static TextWriter Errors => Console.Error;

    /// <summary>Whether a person reads the output on a terminal.</summary>
    public static bool IsTerminal => !Console.IsOutputRedirected;
}
