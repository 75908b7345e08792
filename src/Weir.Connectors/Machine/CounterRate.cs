namespace Weir.Connectors.Machine;

/// <summary>A running total as a rate per second between readings.</summary>
internal struct CounterRate
{
    private ulong _total;
    private long _timestamp;
    private bool _hasTotal;

    /// <summary>
    /// The rate since the reading before; NaN, a gap, when the total fell (the counter wrapped or began anew: what happened in between is not
    /// known). Null for the first reading.
    /// </summary>
    public double? Next(ulong total, long timestamp, TimeProvider time)
    {
        var (had, earlier, began) = (_hasTotal, _total, _timestamp);
        (_hasTotal, _total, _timestamp) = (true, total, timestamp);
        if (!had) return null;
        var seconds = time.GetElapsedTime(began, timestamp).TotalSeconds;
        return total < earlier || seconds <= 0 ? double.NaN : (total - earlier) / seconds;
    }
}
