namespace Weir.Visuals.Dashboards;

/// <summary>
/// A place that holds places. The list of children is replaced, never changed, so that it can be read from any thread; only the
/// dashboard that the container belongs to adds to it.
/// </summary>
public abstract class Container : Place
{
    private IReadOnlyList<Place> _children = [];

    /// <summary>In the order in which they are shown.</summary>
    public IReadOnlyList<Place> Children => Volatile.Read(ref _children);

    internal void Append(Place child) => Volatile.Write(ref _children, [.. _children, child]);
}
