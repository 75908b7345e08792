using Weir.Options;

namespace Weir;

/// <summary>What every widget can be told. Options count when the widget is made: later calls with the same id return it as it is.</summary>
public abstract record WidgetOptions
{
    /// <summary>What the header says; the id when null.</summary>
    public string? Title { get; init; }

    /// <summary>What the question mark beside the title tells.</summary>
    public string? Help { get; init; }

    /// <summary>Columns of the grid to take, 1 to 12.</summary>
    public int Span { get; init; } = 1;

    internal virtual void Validate(OptionRules rules) => rules.Range(nameof(Span), Span, 1, 12);
}
