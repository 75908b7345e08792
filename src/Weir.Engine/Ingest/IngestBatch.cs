using Weir.Engine.Series;

namespace Weir.Engine.Ingest;

/// <summary>
/// Points on their way into a sink: columns of keys, times, values and positions. A decoder fills a batch, hands it to an <see cref="IPointSink"/>,
/// clears it and goes on, so that a stream of any length costs one batch of memory. Not for use from several threads at once.
/// </summary>
public sealed class IngestBatch
{
    /// <summary>Points that a batch holds.</summary>
    public const int PointsMax = 4096;

    /// <summary>The time of a point that came without one: the sink gives it the time of now.</summary>
    public const long TimeOfArrival = long.MinValue;

    private readonly SeriesKey[] _keys = new SeriesKey[PointsMax];
    private readonly long[] _times = new long[PointsMax];
    private readonly double[] _values = new double[PointsMax];
    private readonly int[] _positions = new int[PointsMax];

    public int Count { get; private set; }

    public bool IsFull => Count == PointsMax;

    public ReadOnlySpan<SeriesKey> Keys => _keys.AsSpan(0, Count);

    /// <summary>Unix nanoseconds, or <see cref="TimeOfArrival"/>.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    /// <summary>NaN is a gap.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>Where each point stood in what was sent, for messages: a line, or an element of an array, counted from 1.</summary>
    public ReadOnlySpan<int> Positions => _positions.AsSpan(0, Count);

    /// <exception cref="InvalidOperationException">The batch is full.</exception>
    public void Add(SeriesKey key, long time, double value, int position)
    {
        if (IsFull) throw new InvalidOperationException($"A batch holds {PointsMax} points. Hand it to a sink and clear it first.");
        (_keys[Count], _times[Count], _values[Count], _positions[Count]) = (key, time, value, position);
        Count++;
    }

    /// <summary>Takes points out of the batch; the others keep their order.</summary>
    /// <param name="isRemoved">Asked once a run of points of one key.</param>
    /// <param name="removed">Hears of each with its position.</param>
    internal void RemoveWhere(Func<SeriesKey, bool> isRemoved, Action<SeriesKey, int> removed)
    {
        var kept = 0;
        for (int from = 0, end; from < Count; from = end)
        {
            end = EndOfRun(from);
            if (isRemoved(_keys[from]))
            {
                for (var i = from; i < end; i++) removed(_keys[i], _positions[i]);
                continue;
            }
            for (var i = from; i < end; i++, kept++)
            {
                (_keys[kept], _times[kept], _values[kept], _positions[kept]) = (_keys[i], _times[i], _values[i], _positions[i]);
            }
        }
        Array.Clear(_keys, kept, Count - kept);
        Count = kept;
    }

    public void Clear()
    {
        // Keys that nobody sends any more must not stay alive through a batch in a pool.
        Array.Clear(_keys, 0, Count);
        Count = 0;
    }

    /// <summary>The end of the run of points that begins at <paramref name="from"/> and has one key. Decoders reuse keys, so a reference tells.</summary>
    public int EndOfRun(int from)
    {
        var end = from + 1;
        while (end < Count && ReferenceEquals(_keys[end], _keys[from])) end++;
        return end;
    }
}
