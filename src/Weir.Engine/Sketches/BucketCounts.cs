using System.Numerics;
using System.Runtime.CompilerServices;

namespace Weir.Engine.Sketches;

/// <summary>
/// Counts of the buckets of one sign: a dense window around those in use, grown by doubling. A mutable struct, so that the sketch that holds it
/// reaches a count without a further hop.
/// </summary>
internal struct BucketCounts
{
    private const int CapacityFirst = 32;

    private long[] _counts;
    private int _first;

    public BucketCounts() => _counts = [];

    public readonly int Capacity => _counts.Length;

    /// <summary>The counts of the window; element 0 belongs to the bucket <see cref="WindowFirst"/>.</summary>
    public readonly ReadOnlySpan<long> Window => _counts;

    public readonly int WindowFirst => _first;

    /// <summary>Counts one value, if its bucket lies in the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool TryCount(int index)
    {
        var counts = _counts;
        var slot = (uint)(index - _first);
        if (slot >= (uint)counts.Length) return false;
        counts[slot]++;
        return true;
    }

    /// <summary>Counts several values of one bucket, which must lie in the window.</summary>
    public readonly void Count(int index, long count) => _counts[index - _first] += count;

    /// <summary>Counts values up to the first whose bucket lies outside of the window, and says how many those were.</summary>
    public readonly int CountWhileInside(ReadOnlySpan<double> values, int precision)
    {
        var (counts, first) = (_counts, _first);
        for (var i = 0; i < values.Length; i++)
        {
            var slot = (uint)(LogLinear.IndexOf(values[i], precision) - first);
            if (slot >= (uint)counts.Length) return i;
            counts[slot]++;
        }
        return values.Length;
    }

    /// <summary>First and last bucket in use; (0, −1) when none is.</summary>
    public readonly BucketRange Used
    {
        get
        {
            var begin = _counts.AsSpan().IndexOfAnyExcept(0L);
            if (begin < 0) return BucketRange.None;
            return new(_first + begin, _first + _counts.AsSpan().LastIndexOfAnyExcept(0L));
        }
    }

    public readonly bool Holds(BucketRange range) => range.IsEmpty || (range.First >= _first && range.Last < _first + _counts.Length);

    /// <summary>Makes the window hold a range, which contains all that is in use and lies within the buckets of the precision.</summary>
    /// <param name="range">At most <paramref name="capacityMax"/> buckets.</param>
    /// <param name="precision">Bounds the window: zero and ∞ stay outside, so that counting need not ask for them.</param>
    /// <param name="capacityMax">How many buckets the window may have.</param>
    public void Cover(BucketRange range, int precision, int capacityMax)
    {
        if (Holds(range)) return;
        var capacity = Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)range.Count), Math.Min(CapacityFirst, capacityMax), capacityMax);
        // Room goes to the side on which the window grows.
        var room = capacity - range.Count;
        var used = Used;
        var first = used.IsEmpty ? range.First - room / 2 : range.First < used.First ? range.First - room : range.First;
        first = Math.Max(LogLinear.First(precision), first);
        MoveTo(first, Math.Min(capacity, LogLinear.End(precision) - first), used);
    }

    /// <summary>Makes the window hold a range, which contains all that is in use, and nothing else.</summary>
    public void Trim(BucketRange range)
    {
        if (range.Count != _counts.Length) MoveTo(range.First, range.Count, Used);
    }

    /// <summary>Adds the counts of other buckets, of which <paramref name="bits"/> bits are dropped; the window must hold what they use.</summary>
    public readonly void Add(in BucketCounts other, int bits)
    {
        var used = other.Used;
        if (used.IsEmpty) return;
        var from = other._counts.AsSpan(used.First - other._first, used.Count);
        if (bits == 0) ColumnSum.Add(_counts.AsSpan(used.First - _first, used.Count), from);
        else for (var i = 0; i < from.Length; i++) _counts[((used.First + i) >> bits) - _first] += from[i];
    }

    /// <summary>Takes the counts of other buckets away again; they must have been added before.</summary>
    public readonly void Subtract(in BucketCounts other, int bits)
    {
        var used = other.Used;
        if (used.IsEmpty) return;
        var from = other._counts.AsSpan(used.First - other._first, used.Count);
        if (bits == 0) ColumnSum.Subtract(_counts.AsSpan(used.First - _first, used.Count), from);
        else for (var i = 0; i < from.Length; i++) _counts[((used.First + i) >> bits) - _first] -= from[i];
    }

    /// <summary>Drops so many bits of precision: neighbouring buckets fold into one.</summary>
    public void Fold(int bits)
    {
        if (_counts.Length == 0) return;
        var window = new BucketRange(_first, _first + _counts.Length - 1).Fold(bits);
        var counts = new long[window.Count];
        for (var slot = 0; slot < _counts.Length; slot++) counts[((_first + slot) >> bits) - window.First] += _counts[slot];
        (_counts, _first) = (counts, window.First);
    }

    /// <summary>The bucket that holds the value of this rank (0 is the smallest); the rank must lie below the sum of the counts.</summary>
    public readonly int Find(long rank)
    {
        var counts = _counts.AsSpan();
        var slot = ColumnSum.SkipWhileAtMost(counts, ref rank);
        while (rank >= counts[slot]) rank -= counts[slot++];
        return _first + slot;
    }

    /// <summary>Forgets the counts and keeps the window.</summary>
    public readonly void Clear() => _counts.AsSpan().Clear();

    public void CopyFrom(in BucketCounts other)
    {
        if (_counts.Length != other._counts.Length) _counts = new long[other._counts.Length];
        other._counts.CopyTo(_counts, 0);
        _first = other._first;
    }

    private void MoveTo(int first, int capacity, BucketRange used)
    {
        var counts = capacity == 0 ? [] : new long[capacity];
        if (!used.IsEmpty) _counts.AsSpan(used.First - _first, used.Count).CopyTo(counts.AsSpan(used.First - first));
        (_counts, _first) = (counts, first);
    }
}

/// <summary>Buckets from a first to a last, both included.</summary>
internal readonly record struct BucketRange(int First, int Last)
{
    public static readonly BucketRange None = new(0, -1);

    public bool IsEmpty => Last < First;

    public int Count => Last - First + 1;

    public BucketRange With(BucketRange other) =>
        IsEmpty ? other : other.IsEmpty ? this : new(Math.Min(First, other.First), Math.Max(Last, other.Last));

    /// <summary>The same stretch with so many bits of precision less.</summary>
    public BucketRange Fold(int bits) => IsEmpty ? None : new(First >> bits, Last >> bits);
}
