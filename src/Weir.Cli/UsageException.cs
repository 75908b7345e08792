namespace Weir.Cli;

/// <summary>
/// The command line asks for something that is not there. The message says what was given, what is allowed and what to do; the exit code is 2.
/// </summary>
internal sealed class UsageException(string message) : Exception(message);
