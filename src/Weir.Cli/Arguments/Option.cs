namespace Weir.Cli.Arguments;

/// <summary>An option of a command.</summary>
/// <param name="Name">With its hyphens: <c>--port</c>.</param>
/// <param name="Value">What stands for its value in the help; null for an option that has none.</param>
/// <param name="Summary">One line for the help.</param>
/// <param name="IsRepeatable">Whether it may be given more than once.</param>
internal sealed record Option(string Name, string? Value, string Summary, bool IsRepeatable = false);
