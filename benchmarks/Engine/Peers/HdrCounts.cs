using System.Numerics;
using System.Runtime.InteropServices;

namespace Weir.Bench.Engine.Peers;

/// <summary>
/// A high dynamic range histogram (G. Tene, https://hdrhistogram.github.io/HdrHistogram/): whole numbers from 1 to a highest one, two significant
/// digits, counts in a plain array over the whole range. Recording, adding and percentiles as the published library defines them; adding is
/// vectorized.
/// </summary>
internal sealed class HdrCounts
{
    /// <summary>The power of two above 2 · 10^2: two values of two significant digits never share a part.</summary>
    private const int HalfBits = 7;
    private const int Half = 1 << HalfBits;
    private const long SubBucketMask = 2 * Half - 1;

    private readonly long[] _counts;
    private long _total;
    private long _min = long.MaxValue;
    private long _max;

    public HdrCounts(long highest)
    {
        _counts = new long[IndexOf(highest) + 1];
    }

    public long Total => _total;

    public void Record(long value)
    {
        _counts[IndexOf(value)]++;
        _total++;
        if (value < _min) _min = value;
        if (value > _max) _max = value;
    }

    public void Add(HdrCounts other)
    {
        var into = MemoryMarshal.Cast<long, Vector<long>>(_counts.AsSpan());
        var from = MemoryMarshal.Cast<long, Vector<long>>(other._counts.AsSpan());
        for (var i = 0; i < from.Length; i++) into[i] += from[i];
        for (var i = from.Length * Vector<long>.Count; i < _counts.Length; i++) _counts[i] += other._counts[i];
        _total += other._total;
        _min = Math.Min(_min, other._min);
        _max = Math.Max(_max, other._max);
    }

    public long ValueAt(double q)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(q * _total));
        for (var i = 0; i < _counts.Length; i++)
        {
            rank -= _counts[i];
            if (rank <= 0) return ValueOf(i);
        }
        return _max;
    }

    public void Clear()
    {
        _counts.AsSpan().Clear();
        (_total, _min, _max) = (0, long.MaxValue, 0);
    }

    private static int IndexOf(long value)
    {
        var bucket = 64 - HalfBits - 1 - BitOperations.LeadingZeroCount((ulong)(value | SubBucketMask));
        return (bucket << HalfBits) + (int)(value >> bucket);
    }

    private static long ValueOf(int index)
    {
        var bucket = Math.Max(0, (index >> HalfBits) - 1);
        var part = (long)index - (bucket << HalfBits);
        return (part << bucket) + ((1L << bucket) >> 1);
    }
}
