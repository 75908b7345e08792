using Weir.Options;

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

    /// <summary>A unit as of <see cref="MetricOptions.Unit"/>: of what is counted, or of the values.</summary>
    public string? Unit { get; init; }

    internal virtual void Validate(OptionRules rules)
    {
        rules.Text(nameof(Title), Title, 256);
        rules.Range(nameof(Span), Span, 1, 12);
        rules.Text(nameof(Unit), Unit, 16);
    }
}
