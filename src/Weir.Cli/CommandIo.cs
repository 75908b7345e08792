#pragma warning disable RS0030 // The one place of the command that knows the console.
namespace Weir.Cli;

/// <summary>Where a command reads and writes; tests bring their own.</summary>
/// <param name="Output">For what was asked for.</param>
/// <param name="Errors">For everything else.</param>
/// <param name="OpenInput">Opens standard input.</param>
/// <param name="OpenOutput">Opens standard output for bytes.</param>
/// <param name="IsInputTerminal">Whether a person types the input.</param>
/// <param name="IsErrorTerminal">Whether a person reads the messages on a terminal.</param>
/// <param name="Time">The clock.</param>
internal sealed record CommandIo(
    TextWriter Output, TextWriter Errors, Func<Stream> OpenInput, Func<Stream> OpenOutput, bool IsInputTerminal, bool IsErrorTerminal, TimeProvider Time)
{
    public static CommandIo OfProcess() =>
        new(Console.Out, Console.Error, Console.OpenStandardInput, Console.OpenStandardOutput, !Console.IsInputRedirected, !Console.IsErrorRedirected, TimeProvider.System);
}
