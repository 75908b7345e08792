using Weir.Engine.Windows.States;

namespace Weir.Engine.Windows.Totals;

/// <summary>
/// Two stacks, for what cannot be subtracted: the older panes lie on one as merges from each to the newest of them, the newer ones are a running total. When the
/// old stack is empty the newer panes are turned over onto it. Six merges a slide and result, on average.
/// </summary>
/// <remarks>Tangwongsan, Hirzel, Schneider 2021, https://doi.org/10.1007/s00778-021-00671-8, section 3.</remarks>
internal sealed class StackedTotal(AggregateState newer, AggregateState result, Func<AggregateState> make) : PaneTotal
{
    private readonly List<AggregateState> _newerPanes = [];

    /// <summary>The first so many are in use, the oldest pane's last; further ones wait to be used again.</summary>
    private readonly List<AggregateState> _older = [];
    private int _olderCount;

    /// <summary>States that go over stacks are all of a size.</summary>
    public override long Bytes => 72 + 2 * 56 + newer.Bytes * (2 + _older.Count) + IntPtr.Size * (long)(_newerPanes.Capacity + _older.Capacity);

    public override void Close(AggregateState pane)
    {
        Merge(newer, pane);
        _newerPanes.Add(pane);
    }

    public override void Leave(AggregateState oldest)
    {
        if (_olderCount == 0) TurnOver();
        _olderCount--;
    }

    public override void Clear()
    {
        newer.Clear();
        _newerPanes.Clear();
        _olderCount = 0;
    }

    public override double Result(AggregateState? open, double seconds)
    {
        if (open is null && _olderCount == 0) return newer.Result(seconds);
        result.Clear();
        if (_olderCount > 0) Merge(result, _older[_olderCount - 1]);
        Merge(result, newer);
        if (open is not null) Merge(result, open);
        return result.Result(seconds);
    }

    private void TurnOver()
    {
        for (var i = _newerPanes.Count - 1; i >= 0; i--)
        {
            if (_olderCount == _older.Count) _older.Add(make());
            var merged = _older[_olderCount];
            merged.Clear();
            Merge(merged, _newerPanes[i]);
            if (_olderCount > 0) Merge(merged, _older[_olderCount - 1]);
            _olderCount++;
        }
        newer.Clear();
        _newerPanes.Clear();
    }
}
