using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Weir.Engine.Series;
using Weir.Engine.Sketches;

namespace Weir.Engine.Rollups;

/// <summary>An interval of a histogram on its way to the engine's loop.</summary>
internal sealed record Interval(TimeSeries Series, long Time, RollupState State, CompactSketch Sketch)
{
    /// <summary>This object, its place in the queue and the counts.</summary>
    public long Bytes => 112 + Sketch.Bytes;
}

/// <summary>Intervals that wait for the engine's loop. Full, it loses the newest and counts them.</summary>
internal sealed class IntervalQueue
{
    public const int LengthMax = 10_000;

    /// <summary>Most intervals take some hundred bytes, those with thousands of buckets some ten thousand.</summary>
    public const long BytesMax = 8L << 20;

    private readonly ConcurrentQueue<Interval> _waiting = new();
    private int _length;
    private long _bytes;
    private long _lost;

    public long Lost => Interlocked.Read(ref _lost);

    public void Add(Interval interval)
    {
        var (length, bytes) = (Interlocked.Increment(ref _length), Interlocked.Add(ref _bytes, interval.Bytes));
        if (length <= LengthMax && bytes <= BytesMax)
        {
            _waiting.Enqueue(interval);
            return;
        }
        Leave(interval);
        Interlocked.Increment(ref _lost);
    }

    public bool TryTake([NotNullWhen(true)] out Interval? interval)
    {
        if (!_waiting.TryDequeue(out interval)) return false;
        Leave(interval);
        return true;
    }

    private void Leave(Interval interval)
    {
        Interlocked.Decrement(ref _length);
        Interlocked.Add(ref _bytes, -interval.Bytes);
    }
}
