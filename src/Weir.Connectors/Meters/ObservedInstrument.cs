using Weir.Engine.Series;

namespace Weir.Connectors.Meters;

/// <summary>An instrument that became series.</summary>
/// <param name="Series">Name of its series; a histogram has <c>.count</c> and <c>.sum</c> besides.</param>
/// <param name="Meter">Name of its meter, which is the label <c>meter</c>.</param>
/// <param name="Unit">Unit of its values, such as <c>bytes</c> or <c>s</c>; null when it has none.</param>
/// <param name="Kind">Whether the values are a running total.</param>
/// <param name="Description">What its author says of it, or null.</param>
public sealed record ObservedInstrument(string Series, string Meter, string? Unit, SeriesKind Kind, string? Description);
