using Weir.Engine.Series;

namespace Weir.Connectors.Text;

/// <summary>A series that a text made.</summary>
/// <param name="Series">The series.</param>
/// <param name="Unit">Unit of its values, such as <c>ms</c> or <c>%</c>; null when the text does not say.</param>
public sealed record TextSeries(TimeSeries Series, string? Unit)
{
    /// <summary>The name as the text writes it. That of the series lacks the characters that queries use, such as commas.</summary>
    public string Title { get; init; } = Series.Key.Name;

    /// <summary>Whether its values differ.</summary>
    internal bool Varies { get; set; }

    /// <summary>What comes before the last dot of its name (<c>cpu</c> of <c>cpu.us</c>), or nothing: series that belong on one chart.</summary>
    public string Group => Series.Key.Name.LastIndexOf('.') is var dot and > 0 ? Series.Key.Name[..dot] : "";
}
