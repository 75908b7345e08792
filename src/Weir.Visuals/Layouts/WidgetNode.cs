namespace Weir.Visuals.Layouts;

/// <summary>Where a widget stands.</summary>
/// <param name="widget">Id of a widget of the same dashboard.</param>
public sealed class WidgetNode(string widget) : LayoutNode
{
    public string Widget { get; } = widget;
}
