namespace Weir.Visuals.Dashboards;

/// <summary>Where a widget stands.</summary>
/// <param name="widget">Id of a widget of the same dashboard.</param>
public sealed class WidgetPlace(string widget) : Place
{
    public string Widget { get; } = widget;
}
