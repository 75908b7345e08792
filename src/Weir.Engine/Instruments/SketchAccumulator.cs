using System.Diagnostics.CodeAnalysis;
using Weir.Engine.Sketches;

namespace Weir.Engine.Instruments;

/// <summary>
/// A sketch with one writer, which a reader takes away without the writer waiting, locking or paying for a fence: an asymmetric
/// Dekker handshake. The writer marks that it is inside and then asks which sketch is current; the reader exchanges the sketch, has every processor
/// pass a barrier (<see cref="Interlocked.MemoryBarrierProcessWide"/>), and looks whether the writer is inside. A writer that missed the
/// exchange is seen to be inside; one that is not inside will see the exchange.
/// </summary>
internal sealed class SketchAccumulator
{
    private QuantileSketch _current = new();
    private QuantileSketch? _empty = new();
    private QuantileSketch? _taken;
    private long _takenDuring;

    /// <summary>Odd while the writer is inside.</summary>
    private long _turn;

    /// <summary>Only the writer calls this.</summary>
    public void Add(double value)
    {
        var inside = _turn | 1;
        Volatile.Write(ref _turn, inside);
        // Without memory for the sketch to grow, the turn stays odd until the next value, or End. A finally block would make 4.7 ns of 3.4.
        Volatile.Read(ref _current).Add(value);
        Volatile.Write(ref _turn, inside + 1);
    }

    /// <summary>The writer's thread has ended, and so is outside, even where it failed inside. The reader calls this.</summary>
    public void End() => _turn &= ~1L;

    /// <summary>First step of the reader: gives the writer an empty sketch. All processors must pass a barrier before the second.</summary>
    public void Exchange()
    {
        if (_empty is null) return;
        _taken = _current;
        Volatile.Write(ref _current, _empty);
        (_empty, _takenDuring) = (null, 0);
    }

    /// <summary>
    /// Second step: the sketch that was exchanged, unless the writer is still inside; then a later call gets it. Whoever has read it calls
    /// <see cref="GiveBack"/>.
    /// </summary>
    public bool TryTake([NotNullWhen(true)] out QuantileSketch? sketch)
    {
        sketch = _taken;
        if (sketch is null) return false;
        var turn = Volatile.Read(ref _turn);
        if ((turn & 1) == 0 || (_takenDuring != 0 && turn != _takenDuring)) return true;
        _takenDuring = turn;
        return false;
    }

    public void GiveBack()
    {
        _taken!.Clear();
        (_empty, _taken) = (_taken, null);
    }
}
