using Weir.Engine.Series;

namespace Weir.Connectors.Meters;

/// <summary>The measurements of one instrument with one set of tags, summed without a lock.</summary>
internal sealed class TagSet(int hash, KeyValuePair<string, object?>[] tags, TagSet? next)
{
    private double _sum;
    private long _count;

    public int Hash => hash;

    /// <summary>The next in the bucket.</summary>
    public TagSet? Next => next;

    /// <summary>The next of all sets of the instrument.</summary>
    public TagSet? NextOfAll { get; set; }

    public TimeSeries Series { get; set; } = null!;

    /// <summary>Of a histogram, where <see cref="Series"/> is the sum.</summary>
    public TimeSeries? CountSeries { get; set; }

    public bool Matches(ReadOnlySpan<KeyValuePair<string, object?>> others)
    {
        if (tags.Length != others.Length) return false;
        for (var i = 0; i < tags.Length; i++)
        {
            if (tags[i].Key != others[i].Key || !Equals(tags[i].Value, others[i].Value)) return false;
        }
        return true;
    }

    public void Add(double value)
    {
        var seen = Volatile.Read(ref _sum);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref _sum, seen + value, seen);
            // Bits, because NaN does not equal itself and would be tried for ever.
            if (BitConverter.DoubleToInt64Bits(before) == BitConverter.DoubleToInt64Bits(seen)) break;
            seen = before;
        }
        Interlocked.Increment(ref _count);
    }

    public (long Count, double Sum) Read() => (Interlocked.Read(ref _count), Volatile.Read(ref _sum));
}
