using Weir.Connectors.Text;
using Weir.Engine;

namespace Weir.Cli.Pipe;

/// <summary>What <c>--time</c> was given: one of its words, or the name of the column that holds the time.</summary>
internal static class TimeWord
{
    private const string ColumnPrefix = "column:";

    public static readonly string[] Words = ["auto", "event", "arrival"];

    /// <summary>What was given, when it can be read.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static string Check(string given)
    {
        _ = Read(given);
        return given;
    }

    /// <exception cref="UsageException">No word, but nearly one; or a column without a name.</exception>
    public static (TextTimes Times, string? Column) Read(string? given)
    {
        switch (given)
        {
            case null or "auto":
                return (TextTimes.Automatic, null);
            case "event":
                return (TextTimes.Event, null);
            case "arrival":
                return (TextTimes.Arrival, null);
        }
        var column = given.StartsWith(ColumnPrefix, StringComparison.Ordinal) ? given[ColumnPrefix.Length..] : given;
        if (string.IsNullOrWhiteSpace(column)) throw new UsageException($"--time is auto, event, arrival or the name of a column; '{given}' was given.");
        var hint = column == given ? Spelling.Suggest(given, Words) : "";
        if (hint.Length == 0) return (TextTimes.Event, column);
        throw new UsageException(
            $"--time is auto, event, arrival or the name of a column; '{given}' was given{hint} A column of that name is --time {ColumnPrefix}{given}.");
    }
}
