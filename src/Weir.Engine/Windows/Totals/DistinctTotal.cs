using Weir.Engine.Windows.States;

namespace Weir.Engine.Windows.Totals;

/// <summary>
/// How many different values all panes hold, the open one included. A value counts for the newest pane that holds it and goes with that pane; beyond what
/// is told apart exactly, registers slide as well. A slide costs as much as the values of two panes: those that come and those that go.
/// </summary>
/// <remarks>
/// The map of values need not reach over the whole window: when the newer panes alone hold more than <see cref="DistinctCount.ExactMax"/> values, an older
/// one has no say in whether there are more. So it holds those of two full panes at most.
/// </remarks>
internal sealed class DistinctTotal : PaneTotal
{
    private readonly NewestPanes _values = new();
    private SlidingRegisters? _registers;
    private bool _isEstimating;

    // Panes have numbers, modulo the capacity: [first, end) are closed, end is the open one. The map holds the values of those from exactFrom on.
    private Pane[] _panes = new Pane[4];
    private long _first;
    private long _exactFrom;
    private long _end;

    private struct Pane
    {
        public DistinctCount Values;

        /// <summary>How many values have it as their newest pane.</summary>
        public int Newest;
    }

    public override long Bytes => 80 + _values.Bytes + (_registers?.Bytes ?? 0) + 24 + 16 * (long)_panes.Length;

    public override void Add(double value, double previous) => Add(DistinctCount.HashOf(value));

    public override void Close(AggregateState pane)
    {
        At(_end++).Values = ((DistinctState)pane).Values;
        if (_end - _first == _panes.Length) Grow();
        At(_end).Newest = 0;
    }

    public override void Join(AggregateState pane)
    {
        var values = ((DistinctState)pane).Values;
        if (values.IsEstimate) AddRegisters(values.Registers);
        else
        {
            foreach (var hash in values.Hashes)
            {
                if (hash != 0) Add(hash);
            }
        }
        Merges++;
        Close(pane);
    }

    public override void Leave(AggregateState oldest)
    {
        var values = At(_first).Values;
        if (_exactFrom == _first) Drop(_exactFrom++);
        _first++;
        Merges++;
        if (!_isEstimating) return;
        // Only at half of the limit, so that going over it again takes as many additions as it costs.
        if (_exactFrom == _first && _values.Count <= DistinctCount.ExactMax / 2) _isEstimating = false;
        else LeaveRegisters(values);
    }

    public override void Clear()
    {
        _values.Clear();
        _isEstimating = false;
        _first = _exactFrom = _end;
        At(_end).Newest = 0;
    }

    public override double Result(AggregateState? open, double seconds) =>
        _exactFrom == _first && _values.Count <= DistinctCount.ExactMax ? _values.Count : _registers!.Estimate;

    private void Add(ulong hash)
    {
        if (_isEstimating) _registers!.Add(HyperLogLog.RegisterOf(hash), HyperLogLog.RankOf(hash), _end);
        if (_exactFrom > _end) return;
        var before = _values.Put(hash, _end);
        if (before == _end) return;
        if (before >= 0) At(before).Newest--;
        At(_end).Newest++;
        if (_values.Count > DistinctCount.ExactMax) GoOver();
    }

    private void AddRegisters(ReadOnlySpan<byte> ranks)
    {
        if (!_isEstimating) StartEstimating();
        for (var register = 0; register < ranks.Length; register++)
        {
            if (ranks[register] > 0) _registers!.Add(register, ranks[register], _end);
        }
        _values.Clear();
        _exactFrom = _end + 1;
    }

    /// <summary>The map holds more values than are told apart: panes go that the newer ones can do without, in the end the open one.</summary>
    private void GoOver()
    {
        if (!_isEstimating) StartEstimating();
        while (_exactFrom < _end && _values.Count - At(_exactFrom).Newest > DistinctCount.ExactMax) Drop(_exactFrom++);
        if (_exactFrom < _end) return;
        _values.Clear();
        _exactFrom++;
    }

    /// <summary>The map still holds all values of the window.</summary>
    private void StartEstimating()
    {
        _isEstimating = true;
        _registers ??= new();
        _registers.Clear();
        for (var slot = 0; slot < _values.Capacity; slot++)
        {
            var (hash, pane) = _values[slot];
            if (hash != 0) _registers.Add(HyperLogLog.RegisterOf(hash), HyperLogLog.RankOf(hash), pane);
        }
    }

    private void Drop(long pane)
    {
        foreach (var hash in At(pane).Values.Hashes)
        {
            if (hash != 0) _values.Remove(hash, pane);
        }
    }

    private void LeaveRegisters(DistinctCount values)
    {
        if (values.IsEstimate)
        {
            for (var register = 0; register < HyperLogLog.Registers; register++) _registers!.Leave(register, _first);
        }
        foreach (var hash in values.Hashes)
        {
            if (hash != 0) _registers!.Leave(HyperLogLog.RegisterOf(hash), _first);
        }
    }

    private ref Pane At(long number) => ref _panes[number & (_panes.Length - 1)];

    private void Grow()
    {
        var panes = new Pane[_panes.Length * 2];
        for (var i = _first; i < _end; i++) panes[i & (panes.Length - 1)] = At(i);
        _panes = panes;
    }
}
