using Weir.Engine.Tables;
using Weir.Engine.Time;

namespace Weir.Connectors.Logs;

/// <summary>How a file is followed.</summary>
public sealed record FileTailOptions
{
    /// <summary>Lines of a file that is there already to begin with: 0 to 100,000.</summary>
    public int LinesFirst { get; init; } = 100;

    /// <summary>Bytes of a line that are read; the rest of a longer line is skipped. 16 to 65,536.</summary>
    public int LineLengthMax { get; init; } = RowTable.CellLengthMax;

    /// <summary>Time between looks at the file: 10 ms to 1 h.</summary>
    public Duration Interval { get; init; } = "250ms";

    /// <summary>What the column <c>source</c> shows; the name of the file when null.</summary>
    public string? Source { get; init; }

    internal void Validate()
    {
        if (LinesFirst is < 0 or > 100_000) throw Error(nameof(LinesFirst), LinesFirst, "0 to 100,000");
        if (LineLengthMax is < 16 or > 65_536) throw Error(nameof(LineLengthMax), LineLengthMax, "16 to 65,536");
        if (Interval < "10ms" || Interval > "1h") throw Error(nameof(Interval), Interval, "10ms to 1h");
    }

    private static ArgumentOutOfRangeException Error(string name, object value, string allowed) =>
        new(name, value, $"File tail option {name} is {value}; allowed is {allowed}.");
}
