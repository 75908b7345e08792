using System.CommandLine;

namespace Weir.Cli.Commands;

/// <summary>A command with examples for its help.</summary>
internal abstract class ExplainedCommand(string name, string summary) : Command(name, summary)
{
    /// <summary>Examples, each a command line and what it does.</summary>
    public IReadOnlyList<(string Line, string Meaning)> Examples { get; protected init; } = [];
}
