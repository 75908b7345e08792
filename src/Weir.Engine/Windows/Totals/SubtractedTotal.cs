using Weir.Engine.Windows.States;

namespace Weir.Engine.Windows.Totals;

/// <summary>One running total of the closed panes, from which panes that leave are subtracted: four merges a slide and result, every time.</summary>
internal sealed class SubtractedTotal(AggregateState total, AggregateState result) : PaneTotal
{
    public override long Bytes => 40 + total.Bytes + result.Bytes;

    public override void Close(AggregateState pane) => Merge(total, pane);

    public override void Leave(AggregateState oldest) => Subtract(total, oldest);

    public override void Clear() => total.Clear();

    public override double Result(AggregateState? open, double seconds)
    {
        if (open is null) return total.Result(seconds);
        result.Clear();
        Merge(result, total);
        Merge(result, open);
        return result.Result(seconds);
    }
}
