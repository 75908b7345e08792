using System.Numerics;

namespace Weir.Engine.Instruments;

/// <summary>What one thread has recorded with the handles of one engine: it alone writes, the engine's loop reads.</summary>
internal sealed class ThreadAccumulators(AccumulatorSet owner, Thread thread, int labelEntries)
{
    /// <summary>
    /// Eight accumulators of 16 bytes in front of each array are never used. Two threads then write at least 128 bytes apart: a cache line, and
    /// the neighbour that the processor fetches with it.
    /// </summary>
    public const int Padding = 8;

    private const int CapacityFirst = 32;

    /// <summary>The accumulators that the calling thread used last; nearly always those of the one engine there is.</summary>
    [ThreadStatic]
    public static ThreadAccumulators? Current;

    private Accumulator[] _sums = [];
    private SketchAccumulator?[] _sketches = [];
    private LabelCache _labels = new(labelEntries);

    public AccumulatorSet Owner => owner;

    public Thread Thread => thread;

    /// <summary>The handles this thread found by their labels.</summary>
    public LabelCache Labels => _labels;

    /// <summary>Lets go of the handles and keeps none from now on. Any thread may call this; the thread itself may look into what it had once more.</summary>
    public void ForgetLabels() => Volatile.Write(ref _labels, new(0));

    /// <summary>The sums; the accumulator of slot n stands at n + <see cref="Padding"/>. Only the thread itself may write.</summary>
    public Accumulator[] Sums => _sums;

    /// <summary>The sketches by slot. Only the thread itself may add to them.</summary>
    public SketchAccumulator?[] Sketches => _sketches;

    public bool HasEnded => !thread.IsAlive;

    /// <summary>Makes room for a slot. Only the thread itself may call this; who reads meanwhile sees the accumulators as they were.</summary>
    public Accumulator[] GrowSums(int slot)
    {
        var grown = new Accumulator[Padding + Capacity(slot)];
        _sums.CopyTo(grown, 0);
        Volatile.Write(ref _sums, grown);
        return grown;
    }

    /// <summary>The sketch of a slot, made when it is new. Only the thread itself may call this.</summary>
    public SketchAccumulator Sketch(int slot)
    {
        if (slot >= _sketches.Length)
        {
            var grown = new SketchAccumulator?[Capacity(slot)];
            _sketches.CopyTo(grown, 0);
            Volatile.Write(ref _sketches, grown);
        }
        var sketch = _sketches[slot];
        if (sketch is null) Volatile.Write(ref _sketches[slot], sketch = new SketchAccumulator());
        return sketch;
    }

    /// <summary>Adds this thread's sums to those of others, by slot.</summary>
    public void AddTo(Span<Accumulator> totals)
    {
        var sums = Volatile.Read(ref _sums);
        for (var slot = 0; slot < Math.Min(totals.Length, sums.Length - Padding); slot++) totals[slot].Merge(Accumulator.Read(ref sums[slot + Padding]));
    }

    public Accumulator ReadSum(int slot)
    {
        var sums = Volatile.Read(ref _sums);
        return slot + Padding < sums.Length ? Accumulator.Read(ref sums[slot + Padding]) : default;
    }

    private static int Capacity(int slot) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(CapacityFirst, slot + 1));
}
