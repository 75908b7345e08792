using Weir.Engine.Windows.States;
using Weir.Engine.Windows.Totals;

namespace Weir.Engine.Windows;

/// <summary>
/// A window as a run of panes that moves: points go into the newest pane, the open one, and whole panes leave at the old end. A slide costs a few merges,
/// however many panes there are (<see cref="PaneTotal"/>). Panes that have left are kept for a while, so that a late point finds the windows it changes.
/// </summary>
/// <param name="make">Makes the states of panes.</param>
/// <param name="panesMax">Panes the window may have.</param>
internal sealed class PaneWindow(Func<AggregateState> make, int panesMax)
{
    /// <summary>Panes held at most; of those that have left the oldest are forgotten first.</summary>
    public const int HeldMax = 4096;

    private readonly PaneTotal _total = PaneTotal.Of(make, panesMax);
    private Pane[] _panes = new Pane[4];

    // Panes stand at increasing numbers, modulo the capacity: [oldest, first) have left, [first, end) are the window.
    private long _oldest;
    private long _first;
    private long _end;

    /// <summary>State of the newest pane while it takes points.</summary>
    private AggregateState? _open;

    /// <summary>Bytes of all other states, of which none changes.</summary>
    private long _closedBytes;

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

    /// <summary>Bytes on the heap, states that wait to be used again included.</summary>
    public long Bytes => 80 + 24 + 24 * (long)_panes.Length + _closedBytes + (_open?.Bytes ?? 0) + _total.Bytes;

    /// <summary>Merges and subtractions of states so far: what sliding costs.</summary>
    public long Merges => _total.Merges;

    /// <summary>Opens the newest pane, later than all others.</summary>
    public void Open(long start, double previous)
    {
        Close();
        if (Held == HeldMax) HeldFrom = At(_oldest++).Start + 1;
        if (Held == _panes.Length) Grow();
        ref var pane = ref At(_end++);
        if (pane.State is null) pane.State = make();
        else _closedBytes -= pane.State.Bytes;
        pane.State.Clear();
        (pane.Start, pane.Previous, _open) = (start, previous, pane.State);
    }

    /// <summary>Adds a value to the pane opened last, as long as none has left since.</summary>
    public void Add(double value, double previous)
    {
        _open!.Add(value, previous);
        _total.Add(value, previous);
    }

    /// <summary>Lets the panes leave that begin before <paramref name="start"/>.</summary>
    public void Leave(long start)
    {
        if (IsEmpty || At(_first).Start >= start) return;
        if (NewestStart < start)
        {
            LeaveOpen();
            _first = _end;
            _total.Clear();
            return;
        }
        Close();
        while (At(_first).Start < start) _total.Leave(At(_first++).State);
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
        LeaveOpen();
        while (_end > _oldest && At(_end - 1).Start >= from) previous = At(--_end).Previous;
        _first = _end;
        while (_first > _oldest && At(_first - 1).Start >= start) _first--;
        _total.Clear();
        for (var i = _first; i < _end; i++) _total.Join(At(i).State);
        return previous;
    }

    public void Clear()
    {
        LeaveOpen();
        _oldest = _first = _end;
        _total.Clear();
    }

    /// <summary>The aggregation over the panes of the window.</summary>
    /// <param name="seconds">Length of the window, for rates.</param>
    public double Result(double seconds) => _open is not null && _first == _end - 1 ? _open.Result(seconds) : _total.Result(_open, seconds);

    private void Close()
    {
        if (_open is not null) _total.Close(_open);
        LeaveOpen();
    }

    private void LeaveOpen()
    {
        _closedBytes += _open?.Bytes ?? 0;
        _open = null;
    }

    private ref Pane At(long number) => ref _panes[number & (_panes.Length - 1)];

    private void Grow()
    {
        var panes = new Pane[_panes.Length * 2];
        for (var i = _oldest; i < _end; i++) panes[i & (panes.Length - 1)] = At(i);
        _panes = panes;
    }
}
