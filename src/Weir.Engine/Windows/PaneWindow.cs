using Weir.Engine.Windows.States;

namespace Weir.Engine.Windows;

/// <summary>
/// A window as a run of panes that moves: points go into the newest pane, the open one, and whole panes leave at the old end. What can be subtracted is kept
/// as one running total of the closed panes; the rest by two stacks. A slide costs a few merges, however many panes there are.
/// </summary>
/// <remarks>
/// Two stacks (Tangwongsan, Hirzel and Schneider 2017, "Low-latency sliding-window aggregation in worst-case constant time", section 2): the
/// older panes lie on a stack as merges from each to the newest of them; the newer ones are one running total. When the old stack is empty the
/// newer panes are turned over. Panes that have left are kept for a while, so that a late point finds the windows it changes.
/// </remarks>
internal sealed class PaneWindow(Func<AggregateState> make)
{
    /// <summary>Panes held at most; of those that have left the oldest are forgotten first.</summary>
    public const int HeldMax = 4096;

    private readonly AggregateState _total = make();
    private readonly AggregateState _result = make();
    private readonly bool _isInvertible = make().IsInvertible;
    private Pane[] _panes = new Pane[4];
    private AggregateState?[] _suffixes = new AggregateState?[4];

    // Panes stand at increasing numbers, modulo the capacity: [oldest, first) have left, [first, turned) are on the old stack, [turned, end) on the new.
    private long _oldest;
    private long _first;
    private long _turned;
    private long _end;

    /// <summary>State of the newest pane while it takes points; it is not yet part of the total.</summary>
    private AggregateState? _open;

    private struct Pane
    {
        public AggregateState State;
        public long Start;
        public double Previous;
    }

    /// <summary>Every pane is held that begins here or later.</summary>
    public long HeldFrom { get; set; } = long.MinValue;

    public bool IsEmpty => _first == _end;

    /// <summary>Start of the newest pane; there must be one.</summary>
    public long NewestStart => At(_end - 1).Start;

    /// <summary>Panes held, those that have left included.</summary>
    public long Held => _end - _oldest;

    /// <summary>Merges and subtractions of states so far: what sliding costs.</summary>
    public long Merges { get; private set; }

    /// <summary>Opens the newest pane, later than all others.</summary>
    public void Open(long start, double previous)
    {
        Close();
        if (Held == HeldMax) HeldFrom = At(_oldest++).Start + 1;
        if (Held == _panes.Length) Grow();
        ref var pane = ref At(_end++);
        pane.State ??= make();
        pane.State.Clear();
        (pane.Start, pane.Previous, _open) = (start, previous, pane.State);
    }

    /// <summary>Adds a value to the pane opened last, as long as none has left since.</summary>
    public void Add(double value, double previous) => _open!.Add(value, previous);

    /// <summary>Lets the panes leave that begin before <paramref name="start"/>.</summary>
    public void Leave(long start)
    {
        if (_first < _end && NewestStart < start)
        {
            (_first, _open) = (_end, null);
            _total.Clear();
        }
        while (_first < _end && At(_first).Start < start)
        {
            Close();
            if (_isInvertible) Subtract(At(_first).State);
            else if (_first == _turned) TurnOver();
            _first++;
        }
        _turned = Math.Max(_turned, _first);
    }

    /// <summary>Forgets panes that have left, those that begin before <paramref name="start"/>.</summary>
    public void Forget(long start)
    {
        if (start <= HeldFrom) return;
        while (_oldest < _first && At(_oldest).Start < start) _oldest++;
        HeldFrom = start;
    }

    /// <summary>Drops the panes from <paramref name="from"/> on and makes those from <paramref name="start"/> on the window; the last finite value before what was dropped.</summary>
    public double Rewind(long from, long start, double previous)
    {
        _open = null;
        while (_end > _oldest && At(_end - 1).Start >= from) previous = At(--_end).Previous;
        _first = _end;
        while (_first > _oldest && At(_first - 1).Start >= start) _first--;
        _turned = _first;
        _total.Clear();
        for (var i = _first; i < _end; i++) Merge(_total, At(i).State);
        return previous;
    }

    public void Clear()
    {
        _oldest = _first = _turned = _end;
        _open = null;
        _total.Clear();
    }

    /// <summary>The aggregation over the panes of the window.</summary>
    /// <param name="seconds">Length of the window, for rates.</param>
    public double Result(double seconds)
    {
        if (_open is not null && _first == _end - 1) return _open.Result(seconds);
        var isTurned = _first < _turned;
        if (_open is null && !isTurned) return _total.Result(seconds);
        _result.Clear();
        if (isTurned) Merge(_result, Suffix(_first));
        Merge(_result, _total);
        if (_open is not null) Merge(_result, _open);
        return _result.Result(seconds);
    }

    private void Close()
    {
        if (_open is not null) Merge(_total, _open);
        _open = null;
    }

    private void TurnOver()
    {
        while (_suffixes.Length < _end - _first) Array.Resize(ref _suffixes, _suffixes.Length * 2);
        for (var i = _end - 1; i >= _first; i--)
        {
            var suffix = Suffix(i);
            suffix.Clear();
            Merge(suffix, At(i).State);
            if (i < _end - 1) Merge(suffix, Suffix(i + 1));
        }
        _turned = _end;
        _total.Clear();
    }

    private void Merge(AggregateState into, AggregateState later)
    {
        into.Merge(later);
        Merges++;
    }

    private void Subtract(AggregateState earliest)
    {
        _total.Subtract(earliest);
        Merges++;
    }

    private ref Pane At(long number) => ref _panes[number & (_panes.Length - 1)];

    private AggregateState Suffix(long number) => _suffixes[number & (_suffixes.Length - 1)] ??= make();

    private void Grow()
    {
        var panes = new Pane[_panes.Length * 2];
        for (var i = _oldest; i < _end; i++) panes[i & (panes.Length - 1)] = At(i);
        _panes = panes;
    }
}
