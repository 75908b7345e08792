using Weir.Engine.Sketches;
using Weir.Engine.Windows.States;

namespace Weir.Engine.Windows.Totals;

/// <summary>
/// A running total of all panes, the open one included, so that a result needs no merge at all: adding to a sketch is cheaper than merging two. Counts are
/// subtracted; how far the values reach goes over two stacks. One subtraction a slide; a merge of all panes only where the values that left were so far out
/// that the buckets may be finer without them.
/// </summary>
internal sealed class QuantileTotal(QuantileState total, int panesMax) : PaneTotal
{
    private readonly Queue<QuantileState> _panes = new();
    private readonly TwoStacks<Reach> _reaches = new(panesMax);

    public override long Bytes => 48 + total.Bytes + 64 + IntPtr.Size * (long)_panes.Capacity + _reaches.Bytes;

    public override void Add(double value, double previous) => total.Add(value, previous);

    public override void Close(AggregateState pane)
    {
        var closed = (QuantileState)pane;
        _panes.Enqueue(closed);
        _reaches.Push(closed.Close());
    }

    public override void Leave(AggregateState oldest)
    {
        _panes.Dequeue();
        _reaches.Pop();
        Subtract(total, oldest);
        if (!total.TakeReach(_reaches.Total)) MergeAnew();
    }

    public override void Clear()
    {
        total.Clear();
        _panes.Clear();
        _reaches.Clear();
    }

    public override double Result(AggregateState? open, double seconds) => total.Result(seconds);

    public override void Join(AggregateState pane)
    {
        Merge(total, pane);
        Close(pane);
    }

    private void MergeAnew()
    {
        total.Clear();
        foreach (var pane in _panes) Merge(total, pane);
    }
}
