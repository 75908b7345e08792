namespace Weir.Engine.Ingest;

/// <summary>
/// Points ahead of the clock, which wait until it reaches them: the newest point of a series is then always one of the present, for readers, for windows and for the
/// next point, which goes straight to the end. Those of one time keep their order.
/// </summary>
internal sealed class PointsAhead
{
    /// <summary>So many points may wait, of all series together: 10 MB.</summary>
    public const int CountMax = 262_144;

    private readonly PriorityQueue<Arrival, (long Time, long Order)> _waiting = new();
    private long _order;

    public int Count => _waiting.Count;

    /// <summary>False when too many wait already.</summary>
    public bool TryAdd(in Arrival arrival)
    {
        if (_waiting.Count == CountMax) return false;
        _waiting.Enqueue(arrival, (arrival.Time, _order++));
        return true;
    }

    /// <summary>The earliest that is due.</summary>
    /// <param name="through">The latest time that is due, Unix nanoseconds.</param>
    /// <param name="arrival">The point.</param>
    public bool TryTake(long through, out Arrival arrival)
    {
        if (_waiting.TryPeek(out arrival, out var place) && place.Time <= through)
        {
            _waiting.Dequeue();
            return true;
        }
        return false;
    }
}
