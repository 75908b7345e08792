namespace Weir.Cli.Arguments;

/// <summary>A command of <c>weir</c>.</summary>
/// <param name="Name">As it is typed.</param>
/// <param name="Summary">One line for the help.</param>
/// <param name="Options">What it understands.</param>
/// <param name="Run">Does it; the result is the exit code.</param>
internal sealed record Command(string Name, string Summary, IReadOnlyList<Option> Options, Func<ArgumentSet, Terminal, Task<int>> Run)
{
    /// <summary>Examples for its help, each a command line and what it does.</summary>
    public IReadOnlyList<(string Line, string Meaning)> Examples { get; init; } = [];
}
