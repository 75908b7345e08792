namespace Weir.Connectors.Text;

/// <summary>Which times the points of a text get.</summary>
public enum TextTimes
{
    /// <summary>Those of the lines when the first lies within the last day, or else the times at which lines arrive.</summary>
    Automatic,

    /// <summary>Those of the lines, however old.</summary>
    Event,

    /// <summary>When lines arrive.</summary>
    Arrival,
}

/// <summary>How a text is read.</summary>
public sealed record TextSourceOptions
{
    /// <summary>A regular expression with named groups, in place of the formats that are recognized by themselves.</summary>
    public string? Regex { get; init; }

    /// <summary>Names of the fields that are labels. When null, short texts that take few values (a host, a device) are.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    public TextTimes Times { get; init; } = TextTimes.Automatic;

    /// <summary>Name of the field that holds the time of a line; null to find it by its name.</summary>
    public string? TimeName { get; init; }

    /// <summary>How many series one text may make; further ones are counted and left out. 1 to 100,000.</summary>
    public int SeriesMax { get; init; } = 1000;

    /// <summary>Bytes of a line that are read; the rest of a longer line is skipped. 64 to 1,048,576.</summary>
    public int LineLengthMax { get; init; } = 65_536;

    /// <summary>Name of the log that takes the lines which are no values.</summary>
    public string Log { get; init; } = "lines";

    internal void Validate()
    {
        if (SeriesMax is < 1 or > 100_000) throw Error(nameof(SeriesMax), SeriesMax, "1 to 100,000");
        if (LineLengthMax is < 64 or > 1 << 20) throw Error(nameof(LineLengthMax), LineLengthMax, "64 to 1,048,576");
    }

    private static ArgumentOutOfRangeException Error(string name, object value, string allowed) =>
        new(name, value, $"Text source option {name} is {value}; allowed is {allowed}.");
}
