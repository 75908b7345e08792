using System.Runtime.CompilerServices;
using Weir.Engine.Sketches;

namespace Weir.Engine.Instruments;

/// <summary>
/// The accumulators of all threads that record with the handles of one engine. What a thread recorded stays when it ends: its accumulators are added to
/// those of the ended and let go. Knows no engine; the handles that threads found by labels are forgotten when the engine is disposed of, so that a thread that
/// goes on does not keep its series alive.
/// </summary>
internal sealed class AccumulatorSet(int labelEntries = LabelCache.EntriesDefault)
{
    /// <summary>Counters with a accumulator in every thread that uses them: at most 128 KB a thread. Those after them share one accumulator, interlocked.</summary>
    public const int SumsMax = 8192;

    /// <summary>Histograms with a sketch in every thread that uses them, a few kilobytes each. Those after them share one sketch under a lock.</summary>
    public const int SketchesMax = 256;

    private const int SweepFirst = 16;

    /// <summary>For threads that record for several engines in turn.</summary>
    [ThreadStatic]
    private static ConditionalWeakTable<AccumulatorSet, ThreadAccumulators>? _bySet;

    private readonly Lock _change = new();
    private readonly List<ThreadAccumulators> _threads = [];
    private readonly QuantileSketch?[] _endedSketches = new QuantileSketch?[SketchesMax];
    private Accumulator[] _endedSums = [];
    private int _labelEntries = labelEntries;
    private int _sweepAt = SweepFirst;
    private long _refused;

    /// <summary>Values that were no increment: negative, NaN or infinite.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Threads whose accumulators are held.</summary>
    public int ThreadCount
    {
        get
        {
            lock (_change) return _threads.Count;
        }
    }

    public ThreadAccumulators OfThread => ThreadAccumulators.Current is { } accumulators && accumulators.Owner == this ? accumulators : Find();

    public void Refuse() => Interlocked.Increment(ref _refused);

    /// <summary>Writes the sums of all threads, by slot.</summary>
    public void ReadSums(Span<Accumulator> totals)
    {
        lock (_change)
        {
            RemoveEnded();
            totals.Clear();
            _endedSums.AsSpan(0, Math.Min(totals.Length, _endedSums.Length)).CopyTo(totals);
            foreach (var thread in _threads) thread.AddTo(totals);
        }
    }

    /// <summary>The sum of all threads in one slot.</summary>
    public Accumulator ReadSum(int slot)
    {
        lock (_change)
        {
            var sum = slot < _endedSums.Length ? _endedSums[slot] : default;
            foreach (var thread in _threads) sum.Merge(thread.ReadSum(slot));
            return sum;
        }
    }

    /// <summary>Moves what all threads have put into their sketches to the sketches given by slot.</summary>
    public void TakeSketches(ReadOnlySpan<QuantileSketch> into)
    {
        lock (_change)
        {
            RemoveEnded();
            for (var slot = 0; slot < into.Length; slot++)
            {
                if (_endedSketches[slot] is not { } ended) continue;
                into[slot].Merge(ended);
                _endedSketches[slot] = null;
            }
            foreach (var thread in _threads)
            {
                // What a writer was inside of at the last exchange goes first: else this exchange could not be made, and what came since would be missing.
                TakeAll(thread.Sketches, into);
                foreach (var sketch in thread.Sketches) sketch?.Exchange();
            }
            Interlocked.MemoryBarrierProcessWide();
            foreach (var thread in _threads) TakeAll(thread.Sketches, into);
        }
    }

    /// <summary>Lets go of the handles that threads found by labels, and keeps none from now on.</summary>
    public void ForgetLabels()
    {
        lock (_change)
        {
            _labelEntries = 0;
            foreach (var thread in _threads) thread.ForgetLabels();
        }
    }

    private static void TakeAll(SketchAccumulator?[] sketches, ReadOnlySpan<QuantileSketch> into)
    {
        for (var slot = 0; slot < Math.Min(into.Length, sketches.Length); slot++) Take(sketches[slot], into[slot]);
    }

    private static void Take(SketchAccumulator? accumulator, QuantileSketch into)
    {
        if (accumulator is null || !accumulator.TryTake(out var sketch)) return;
        into.Merge(sketch);
        accumulator.GiveBack();
    }

    private ThreadAccumulators Find() => ThreadAccumulators.Current = (_bySet ??= []).GetValue(this, _ => Create());

    private ThreadAccumulators Create()
    {
        lock (_change)
        {
            var accumulators = new ThreadAccumulators(this, Thread.CurrentThread, _labelEntries);
            // Also here, since nobody may read: threads that come and go then hold at most twice the accumulators of those alive.
            if (_threads.Count >= _sweepAt)
            {
                RemoveEnded();
                _sweepAt = Math.Max(SweepFirst, _threads.Count * 2);
            }
            _threads.Add(accumulators);
            return accumulators;
        }
    }

    private void RemoveEnded()
    {
        for (var i = _threads.Count - 1; i >= 0; i--)
        {
            if (!_threads[i].HasEnded) continue;
            // All that the thread wrote came before its end; the reads below must come after we saw it.
            Interlocked.MemoryBarrier();
            Fold(_threads[i]);
            _threads.RemoveAt(i);
        }
    }

    private void Fold(ThreadAccumulators ended)
    {
        var slots = ended.Sums.Length - ThreadAccumulators.Padding;
        if (slots > _endedSums.Length) Array.Resize(ref _endedSums, slots);
        ended.AddTo(_endedSums);
        for (var slot = 0; slot < ended.Sketches.Length; slot++)
        {
            if (ended.Sketches[slot] is not { } accumulator) continue;
            var into = _endedSketches[slot] ??= new QuantileSketch();
            accumulator.End();
            // Twice: what an earlier exchange left behind, and what came after it.
            Take(accumulator, into);
            accumulator.Exchange();
            Take(accumulator, into);
        }
    }
}
