namespace Weir.Engine.Windows.States;

/// <summary>
/// Standard deviation of the population, from exact sums of values and squares. Nothing cancels, however large the values are
/// beside their spread: n·Σx² − (Σx)² is an integer here and is rounded once.
/// </summary>
internal sealed class DeviationState : AggregateState
{
    private readonly ExactSum _sum = new();
    private readonly ExactSum _squares = new();
    private long _count;

    public override bool IsInvertible => true;

    public override long Bytes => 40 + _sum.Bytes + _squares.Bytes;

    public override void Add(double value, double previous)
    {
        _count++;
        _sum.Add(value);
        _squares.AddSquare(value);
    }

    public override void Merge(AggregateState later)
    {
        var other = (DeviationState)later;
        _count += other._count;
        _sum.Add(other._sum);
        _squares.Add(other._squares);
    }

    public override void Subtract(AggregateState earliest)
    {
        var other = (DeviationState)earliest;
        _count -= other._count;
        _sum.Subtract(other._sum);
        _squares.Subtract(other._squares);
    }

    public override void Clear()
    {
        _count = 0;
        _sum.Clear();
        _squares.Clear();
    }

    public override double Result(double seconds)
    {
        if (_count == 0) return double.NaN;
        Span<uint> sum = stackalloc uint[_sum.Words.Length];
        Span<uint> squares = stackalloc uint[_squares.Words.Length];
        CopyMagnitude(_sum.Words, sum);
        CopyMagnitude(_squares.Words, squares);

        // Word 0 of the variance is where the lower one begins: the sum of squares, or the square of the sum.
        var low = Math.Min(2 * _sum.Low, _squares.Low);
        Span<uint> variance = stackalloc uint[Math.Max(2 * (_sum.Low + sum.Length), _squares.Low + squares.Length + 2) - low];
        variance.Clear();
        ReadOnlySpan<uint> count = [(uint)_count, (uint)(_count >> 32)];
        Words.AddProduct(variance[(_squares.Low - low)..], count, squares);
        Words.SubtractProduct(variance[(2 * _sum.Low - low)..], sum, sum);
        return Root(variance, 32 * low);
    }

    /// <summary>The root of a variance in words, to be shifted left so far, by the count.</summary>
    private double Root(ReadOnlySpan<uint> variance, int left)
    {
        var length = Words.BitLength(variance);
        if (length == 0) return 0;
        // The leading 62 or 63 bits are plenty for a root of 53; an even shift halves under it.
        var shift = Math.Max(0, length + left - 62) & ~1;
        var leading = shift >= left ? Words.ShiftRight(variance, shift - left) : Words.ShiftRight(variance, 0) << (left - shift);
        return Math.ScaleB(Math.Sqrt((double)(long)leading) / _count, shift / 2 + ExactSum.LowestExponent);
    }

    private static void CopyMagnitude(ReadOnlySpan<long> words, Span<uint> magnitude)
    {
        var isNegative = words is [.., < 0];
        var carry = isNegative;
        for (var i = 0; i < words.Length; i++)
        {
            var word = isNegative ? ~(uint)words[i] : (uint)words[i];
            if (carry) carry = ++word == 0;
            magnitude[i] = word;
        }
    }
}
