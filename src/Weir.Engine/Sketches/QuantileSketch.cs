using System.Runtime.CompilerServices;

namespace Weir.Engine.Sketches;

/// <summary>
/// Any quantile of any number of values to a guaranteed relative error, in bounded memory: counts in log-linear buckets
/// (<see cref="LogLinear"/>), whose number is read from the bits of a value. Count, minimum and maximum are exact. Sketches merge, whatever
/// their precision, and what buckets they come to depends on the values alone, not on the order of adding and merging.
/// </summary>
/// <remarks>
/// When values spread over more buckets than allowed, neighbours fold together in pairs all over, which doubles <see cref="RelativeError"/>
/// (uniform collapse, Epicoco, Melle, Cafaro, Pulimeno 2020, https://arxiv.org/abs/2004.08604). With the defaults that takes values 19 decades apart.
/// Negative values have buckets of their own. Values nearer to zero than the smallest normal double (2.2e-308) count as zero, an
/// absolute error. NaN and infinities are left out and counted. Not safe for use by several threads at once.
/// </remarks>
public sealed partial class QuantileSketch
{
    public const double RelativeErrorDefault = 0.01;

    /// <summary>Enough for one bucket an octave over all doubles of both signs: folding always finds room.</summary>
    public const int BucketsMaxLeast = 4096;

    /// <summary>Bounds what one sketch may take: a quarter of a megabyte, from 2^32 values on half of one.</summary>
    public const int BucketsMaxMost = 65_536;

    /// <summary>At so many values a bucket may be full with 32 bits.</summary>
    private const long NarrowMax = uint.MaxValue;

    private BucketCounts _positive = new();
    private BucketCounts _negative = new();
    private int _precision;
    private long _count;
    private long _negativeCount;
    private SumLanes _lanes;
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;

    /// <param name="relativeError">How far, in parts of the value, a quantile may be off: 0.0001 to 0.5. Kept to the next power of two below: 0.01 becomes 1/128.</param>
    /// <param name="bucketsMax">Between how many buckets values may spread before they fold: 4,096 to 65,536. A bucket takes 4 bytes, from 2^32 values on 8.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them lies outside its range.</exception>
    public QuantileSketch(double relativeError = RelativeErrorDefault, int bucketsMax = BucketsMaxLeast)
    {
        if (!(relativeError is >= 0.0001 and <= 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(relativeError), relativeError, $"A relative error of {relativeError} was given; allowed is 0.0001 to 0.5.");
        }
        if (bucketsMax is < BucketsMaxLeast or > BucketsMaxMost)
        {
            throw new ArgumentOutOfRangeException(nameof(bucketsMax), bucketsMax, $"{bucketsMax} buckets were allowed; a sketch takes {BucketsMaxLeast:#,0} to {BucketsMaxMost:#,0}.");
        }
        PrecisionWanted = LogLinear.PrecisionFor(relativeError);
        _precision = PrecisionWanted;
        BucketsMax = bucketsMax;
    }

    /// <summary>An empty sketch whose buckets are told apart by so many bits: the finest keeps a smaller error than may be asked for.</summary>
    internal static QuantileSketch AtPrecision(int precision, int bucketsMax = BucketsMaxLeast) =>
        new(bucketsMax: bucketsMax) { PrecisionWanted = precision, _precision = precision };

    /// <summary>The bound that holds now for every quantile, in parts of the value it stands for: 2^−n, doubled by each fold.</summary>
    public double RelativeError => LogLinear.ErrorAt(_precision);

    public int BucketsMax { get; private set; }

    /// <summary>Values counted, zeros and negative ones included, NaN and infinities not.</summary>
    public long Count => _count;

    /// <summary>Sum of the values, added up in eight interleaved parts; may overflow to an infinity.</summary>
    public double Sum => _lanes.Total;

    /// <summary>The smallest value; NaN when empty.</summary>
    public double Min => _count == 0 ? double.NaN : _min;

    /// <summary>The largest value; NaN when empty.</summary>
    public double Max => _count == 0 ? double.NaN : _max;

    /// <summary>Values that count as zero: nearer to it than 2.2e-308.</summary>
    public long ZeroCount { get; private set; }

    /// <summary>NaN and infinities that were given and left out.</summary>
    public long SkippedCount { get; private set; }

    /// <summary>Bytes that the counts take.</summary>
    public long Bytes => _positive.Bytes + _negative.Bytes;

    /// <summary>Bits of the mantissa that tell buckets apart now.</summary>
    internal int Precision => _precision;

    internal int PrecisionWanted { get; private set; }

    /// <summary>Takes one value in: a few nanoseconds, and no allocation once the window spans the data.</summary>
    public void Add(double value)
    {
        if (!_positive.TryCount(LogLinear.IndexOf(value, _precision)) && !CountElsewhere(value, 1)) return;
        _lanes[(int)_count & (SumLanes.Lanes - 1)] += value;
        if (++_count == NarrowMax) Widen();
        if (value < _min) _min = value;
        if (value > _max) _max = value;
    }

    /// <summary>Takes one value in as often as <paramref name="count"/> says.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public void Add(double value, long count)
    {
        if (count < 0) throw new ArgumentOutOfRangeException(nameof(count), count, $"A value was to be added {count} times; allowed is 0 or more.");
        if (count == 0) return;
        if (double.IsFinite(value) && _count + count >= NarrowMax) Widen();
        if (!CountElsewhere(value, count)) return;
        _lanes[(int)_count & (SumLanes.Lanes - 1)] += value * count;
        _count += count;
        if (value < _min) _min = value;
        if (value > _max) _max = value;
    }

    /// <summary>Takes in all that another sketch counted, which stays as it is. A sketch may be merged into itself.</summary>
    public void Merge(QuantileSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Merge(other, other._positive.Used, other._negative.Used);
    }

    /// <summary>Takes in another sketch of which it is known what buckets are in use.</summary>
    internal void Merge(QuantileSketch other, BucketRange positive, BucketRange negative)
    {
        SkippedCount += other.SkippedCount;
        if (other._count == 0) return;
        if (other._precision < _precision) FoldTo(other._precision);
        if (_count + other._count >= NarrowMax) Widen();
        MakeRoom(positive, negative, other._precision);
        var bits = other._precision - _precision;
        _positive.Add(other._positive, positive, bits);
        _negative.Add(other._negative, negative, bits);
        ZeroCount += other.ZeroCount;
        _negativeCount += other._negativeCount;
        _count += other._count;
        _lanes.Add(other._lanes);
        _min = Math.Min(_min, other._min);
        _max = Math.Max(_max, other._max);
    }

    /// <summary>
    /// The value at a part of the sorted values: with <c>n</c> values an estimate of that at position <c>⌊q·(n − 1)⌋</c> (from 0), off by at most
    /// <see cref="RelativeError"/> of it; 0 and 1 give the exact minimum and maximum. NaN when empty.
    /// </summary>
    /// <param name="q">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part lies outside 0..1.</exception>
    public double Quantile(double q)
    {
        if (!(q is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(q), q, $"Quantile {q} was asked for; allowed is 0 to 1 (0.99 for the 99th percentile).");
        if (_count == 0) return double.NaN;
        var rank = (long)(q * (_count - 1));
        if (rank <= 0) return _min;
        return rank >= _count - 1 ? _max : Math.Clamp(Estimate(rank), _min, _max);
    }

    /// <summary>Forgets all values and any loss of precision; the memory is kept for what comes next.</summary>
    public void Clear()
    {
        _positive.Clear();
        _negative.Clear();
        (_count, _negativeCount, ZeroCount, SkippedCount) = (0, 0, 0, 0);
        (_lanes, _min, _max) = (default, double.PositiveInfinity, double.NegativeInfinity);
        if (_precision == PrecisionWanted) return;
        (_positive, _negative, _precision) = (new(), new(), PrecisionWanted);
    }

    /// <summary>Makes another sketch the same as this one, its memory used where it fits.</summary>
    public void CopyTo(QuantileSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        other._positive.CopyFrom(_positive);
        other._negative.CopyFrom(_negative);
        (other.PrecisionWanted, other.BucketsMax) = (PrecisionWanted, BucketsMax);
        (other._precision, other._count, other._negativeCount) = (_precision, _count, _negativeCount);
        (other.ZeroCount, other.SkippedCount) = (ZeroCount, SkippedCount);
        (other._lanes, other._min, other._max) = (_lanes, _min, _max);
    }

    private double Estimate(long rank)
    {
        if (rank < _negativeCount) return -LogLinear.MiddleOf(_negative.Find(_negativeCount - 1 - rank), _precision);
        rank -= _negativeCount;
        if (rank < ZeroCount) return 0;
        return LogLinear.MiddleOf(_positive.Find(rank - ZeroCount), _precision);
    }

    /// <summary>Counts what lies outside of the positive window; false when it is no number to count.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool CountElsewhere(double value, long count)
    {
        if (!double.IsFinite(value))
        {
            SkippedCount += count;
            return false;
        }
        var magnitude = Math.Abs(value);
        if (magnitude < LogLinear.LowerBound(1, 0))
        {
            ZeroCount += count;
            return true;
        }
        var index = LogLinear.IndexOf(magnitude, _precision);
        var range = new BucketRange(index, index);
        if (value > 0)
        {
            MakeRoom(range, BucketRange.None, _precision);
            _positive.Count(LogLinear.IndexOf(magnitude, _precision), count);
            return true;
        }
        _negativeCount += count;
        if (count == 1 && _negative.TryCount(index)) return true;
        MakeRoom(BucketRange.None, range, _precision);
        _negative.Count(LogLinear.IndexOf(magnitude, _precision), count);
        return true;
    }

    /// <summary>Lets the windows hold further buckets, given at some precision; folds, as often as it takes, where they would span too many.</summary>
    private void MakeRoom(BucketRange positive, BucketRange negative, int precision)
    {
        var bits = precision - _precision;
        (positive, negative) = (positive.Fold(bits), negative.Fold(bits));
        if (_positive.Holds(positive) && _negative.Holds(negative)) return;
        (positive, negative) = (positive.With(_positive.Used), negative.With(_negative.Used));
        var fold = 0;
        while (positive.Fold(fold).Count + negative.Fold(fold).Count > BucketsMax) fold++;
        if (fold > 0) FoldTo(_precision - fold);
        (positive, negative) = (positive.Fold(fold), negative.Fold(fold));
        Cover(ref _positive, positive, ref _negative, negative);
        Cover(ref _negative, negative, ref _positive, positive);
    }

    /// <summary>Both windows together stay within the limit: then values may be counted in their spare room without asking whether they must fold.</summary>
    private void Cover(ref BucketCounts counts, BucketRange range, ref BucketCounts other, BucketRange otherRange)
    {
        if (counts.Holds(range)) return;
        if (range.Count > BucketsMax - other.Capacity) other.Trim(otherRange);
        counts.Cover(range, _precision, BucketsMax - other.Capacity);
    }

    private void Widen()
    {
        _positive.Widen();
        _negative.Widen();
    }

    private void FoldTo(int precision)
    {
        _positive.Fold(_precision - precision);
        _negative.Fold(_precision - precision);
        _precision = precision;
    }
}
