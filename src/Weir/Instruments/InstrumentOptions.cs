namespace Weir;

/// <summary>How the chart of an instrument looks.</summary>
public abstract record InstrumentOptions
{
    /// <summary>What the header says; the name when null.</summary>
    public string? Title { get; init; }

    /// <summary>What the question mark beside the title tells.</summary>
    public string? Help { get; init; }

    /// <summary>Columns of the grid to take, 1 to 12.</summary>
    public int Span { get; init; } = 1;

    /// <summary>A unit as of <see cref="SeriesWidgetOptions.Unit"/>: of what is counted, or of the values.</summary>
    public string? Unit { get; init; }

    /// <summary>Checks what the chart does not check.</summary>
    /// <exception cref="ArgumentException">An option is not allowed; the message says what is.</exception>
    internal virtual void Validate(string name)
    {
    }
}
