using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Weir.Engine.Series;
using Weir.Engine.Sketches;

namespace Weir.Engine.Rollups;

/// <summary>An interval of a histogram on its way to the engine's loop.</summary>
internal sealed record Interval(TimeSeries Series, long Time, QuantileSketch Sketch);

/// <summary>Intervals that wait for the engine's loop. Full, it loses the newest and counts them.</summary>
internal sealed class IntervalQueue
{
    public const int LengthMax = 10_000;

    private readonly ConcurrentQueue<Interval> _waiting = new();
    private int _length;
    private long _lost;

    public long Lost => Interlocked.Read(ref _lost);

    public void Add(Interval interval)
    {
        if (Interlocked.Increment(ref _length) > LengthMax)
        {
            Interlocked.Decrement(ref _length);
            Interlocked.Increment(ref _lost);
            return;
        }
        _waiting.Enqueue(interval);
    }

    public bool TryTake([NotNullWhen(true)] out Interval? interval)
    {
        if (!_waiting.TryDequeue(out interval)) return false;
        Interlocked.Decrement(ref _length);
        return true;
    }
}
