namespace Weir.Visuals.Widgets;

/// <summary>The y axis of a chart.</summary>
/// <param name="Label">What stands beside it, 1 to 64 characters.</param>
/// <param name="Min">Lower end; by the data when null.</param>
/// <param name="Max">Upper end; by the data when null.</param>
/// <param name="Log">Whether it is logarithmic.</param>
public sealed record ChartAxis(string? Label = null, double? Min = null, double? Max = null, bool Log = false);
