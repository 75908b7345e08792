using Weir.Engine.Windows.States;

namespace Weir.Engine.Windows.Totals;

/// <summary>What the panes of a window come to while panes join at the new end and leave at the old. At the new end one may be open and still take values.</summary>
internal abstract class PaneTotal
{
    /// <summary>Merges and subtractions of states so far: what sliding costs.</summary>
    public long Merges { get; protected set; }

    /// <summary>Bytes it takes on the heap beside the states of the panes.</summary>
    public abstract long Bytes { get; }

    /// <summary>The cheapest way for the states of an aggregation.</summary>
    /// <param name="make">Makes its states.</param>
    /// <param name="panesMax">Panes there may be at once.</param>
    public static PaneTotal Of(Func<AggregateState> make, int panesMax) => make() switch
    {
        QuantileState total => new QuantileTotal(total, panesMax),
        DistinctState => new DistinctTotal(),
        { IsInvertible: true } total => new SubtractedTotal(total, make()),
        var total => new StackedTotal(total, make(), make),
    };

    /// <summary>A value was added to the open pane.</summary>
    public virtual void Add(double value, double previous)
    {
    }

    /// <summary>The open pane closes; its state stays as it is from here on.</summary>
    public abstract void Close(AggregateState pane);

    /// <summary>A closed pane joins whose values were not added one by one.</summary>
    public virtual void Join(AggregateState pane) => Close(pane);

    /// <summary>The oldest pane leaves; there is none open.</summary>
    public abstract void Leave(AggregateState oldest);

    /// <summary>All panes are gone.</summary>
    public abstract void Clear();

    /// <summary>The aggregation over all panes.</summary>
    /// <param name="open">The open pane, if there is one.</param>
    /// <param name="seconds">Length of the window, for rates.</param>
    public abstract double Result(AggregateState? open, double seconds);

    protected void Merge(AggregateState into, AggregateState later)
    {
        into.Merge(later);
        Merges++;
    }

    protected void Subtract(AggregateState from, AggregateState earliest)
    {
        from.Subtract(earliest);
        Merges++;
    }
}
