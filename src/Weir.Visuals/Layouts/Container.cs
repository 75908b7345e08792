namespace Weir.Visuals.Layouts;

/// <summary>
/// A place that holds places. The list of children is replaced, never changed, so that it can be read from any thread; only the
/// dashboard that the container belongs to adds to it.
/// </summary>
public abstract class Container : LayoutNode
{
    private IReadOnlyList<LayoutNode> _children = [];

    /// <summary>In the order in which they are shown.</summary>
    public IReadOnlyList<LayoutNode> Children => Volatile.Read(ref _children);

    internal void Append(LayoutNode child) => Volatile.Write(ref _children, [.. _children, child]);
}
