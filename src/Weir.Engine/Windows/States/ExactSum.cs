namespace Weir.Engine.Windows.States;

/// <summary>
/// A sum of doubles without any rounding: it can be added to, merged and subtracted from in any order and is rounded once, when it is read. So a
/// sum kept by panes equals, bit for bit, the sum of the window's points taken anew.
/// </summary>
/// <remarks>
/// The small superaccumulator of Neal 2015 (https://arxiv.org/abs/1505.05571): a long integer in words of 32 bits, each kept in 64 so that carries
/// wait. Only the words that the values touch are kept: three to six for ordinary data, 67 for all doubles there are.
/// </remarks>
internal sealed class ExactSum
{
    /// <summary>The value of bit 0 of a sum is 2 to this power: that of the smallest denormal.</summary>
    public const int LowestExponent = -1074;

    private const uint WordMask = uint.MaxValue;

    /// <summary>A word takes 2^31 additions of 32 bits before it could overflow its 64; half of them, so that two sums can be merged.</summary>
    private const long PendingMax = 1L << 30;

    private long[] _words = [];
    private int _low;
    private int _count;
    private long _pending;

    /// <summary>Bytes on the heap: 40 of the object, the words and what an array has before them.</summary>
    public long Bytes => 40 + (_words.Length == 0 ? 0 : 24 + 8 * _words.Length);

    public void Add(double value) => Add(value, 0);

    public void Subtract(double value) => Add(value, -1);

    /// <summary>Adds the square of a value. A sum of squares has its bit 0 at twice <see cref="LowestExponent"/>; never mix it with one of values.</summary>
    public void AddSquare(double value)
    {
        var (mantissa, place, _) = Parts(value);
        var square = (UInt128)mantissa * mantissa;
        AddBits((ulong)square, 2 * place, 0);
        AddBits((ulong)(square >> 64), 2 * place + 64, 0);
    }

    public void Add(ExactSum other) => Merge(other, 1);

    public void Subtract(ExactSum other) => Merge(other, -1);

    public void Clear()
    {
        Array.Clear(_words);
        (_low, _count, _pending) = (0, 0, 0);
    }

    /// <summary>The sum to the nearest double, ties to even; an infinity when no double is as large.</summary>
    public double ToDouble()
    {
        Propagate();
        if (_count == 0) return 0;
        if (_words[_count - 1] >= 0) return Rounded(_words.AsSpan(0, _count));
        Span<long> negated = stackalloc long[_count];
        for (var i = 0; i < negated.Length; i++) negated[i] = -_words[i];
        Propagate(negated);
        return -Rounded(negated);
    }

    /// <summary>
    /// Words of the sum, the lowest first, each 0 to 2^32 − 1 but for the highest, which bears the sign. In units of 2 to
    /// <see cref="LowestExponent"/> (twice that for squares); <see cref="Low"/> words stand below, which are 0.
    /// </summary>
    public ReadOnlySpan<long> Words
    {
        get
        {
            Propagate();
            return _words.AsSpan(0, _count);
        }
    }

    /// <summary>Which word the first of <see cref="Words"/> is.</summary>
    public int Low => _low;

    /// <summary>Adds, or subtracts where <paramref name="minus"/> is −1 and not 0.</summary>
    private void Add(double value, long minus)
    {
        var (mantissa, place, isNegative) = Parts(value);
        AddBits(mantissa, place, isNegative ? ~minus : minus);
    }

    private static (ulong Mantissa, int Place, bool IsNegative) Parts(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> 52) & 0x7FF;
        var fraction = (ulong)bits & ((1UL << 52) - 1);
        // A denormal has the exponent of the smallest normal and no leading one.
        return exponent == 0 ? (fraction, 0, bits < 0) : (fraction | 1UL << 52, exponent - 1, bits < 0);
    }

    private void AddBits(ulong bits, int place, long minus)
    {
        if (bits == 0) return;
        var (word, shift) = (place >> 5, place & 31);
        if (word < _low || word + 3 > _low + _count) Require(word, word + 3);
        var words = _words.AsSpan(word - _low, 3);
        var low = bits << shift;
        // (x ^ −1) − (−1) is −x.
        words[0] += ((long)(low & WordMask) ^ minus) - minus;
        words[1] += ((long)(low >> 32) ^ minus) - minus;
        words[2] += ((long)(bits >> 1 >> (63 - shift)) ^ minus) - minus;
        if (++_pending >= PendingMax) Propagate();
    }

    private void Merge(ExactSum other, int sign)
    {
        if (other._count == 0) return;
        if (_pending + other._pending >= PendingMax)
        {
            Propagate();
            other.Propagate();
        }
        Require(other._low, other._low + other._count);
        var words = _words.AsSpan(other._low - _low, other._count);
        var added = other._words.AsSpan(0, other._count);
        for (var i = 0; i < words.Length; i++) words[i] += sign * added[i];
        _pending += other._pending + 1;
    }

    /// <summary>Makes room for the words [from, to).</summary>
    private void Require(int from, int to)
    {
        if (from >= _low && to <= _low + _count) return;
        var (low, high) = _count == 0 ? (from, to) : (Math.Min(from, _low), Math.Max(to, _low + _count));
        if (high - low > _words.Length || low < _low)
        {
            var words = new long[Math.Max(high - low, 4)];
            _words.AsSpan(0, _count).CopyTo(words.AsSpan(_count == 0 ? 0 : _low - low));
            _words = words;
        }
        (_low, _count) = (low, high - low);
    }

    /// <summary>Brings every word but the highest into 0 to 2^32 − 1; the highest bears the sign.</summary>
    private void Propagate()
    {
        if (_pending == 0) return;
        _pending = 0;
        Propagate(_words.AsSpan(0, _count));
        if (_words[_count - 1] is <= int.MaxValue and >= int.MinValue) return;
        Require(_low, _low + _count + 1);
        Propagate(_words.AsSpan(0, _count));
    }

    private static void Propagate(Span<long> words)
    {
        for (var i = 0; i < words.Length - 1; i++)
        {
            words[i + 1] += words[i] >> 32;
            words[i] &= WordMask;
        }
    }

    /// <summary>Rounds words that are propagated and not negative: the leading 62 to 64 bits, with one bit for whether anything lies below them.</summary>
    private double Rounded(ReadOnlySpan<long> words)
    {
        var top = words.Length - 1;
        while (top >= 0 && words[top] == 0) top--;
        if (top < 0) return 0;
        UInt128 bits = 0;
        for (var i = 0; i < 3; i++) bits = bits << 32 | (top - i >= 0 ? (ulong)words[top - i] : 0);
        var isInexact = top > 2 && words[..(top - 2)].ContainsAnyExcept(0);
        var shift = Math.Max(0, 128 - (int)UInt128.LeadingZeroCount(bits) - 62);
        isInexact |= bits != (bits >> shift) << shift;
        var leading = (long)(bits >> shift) | (isInexact ? 1L : 0);
        // Where the result is denormal nothing lies below its last bit, so that the scaling does not round again.
        return Math.ScaleB(leading, shift + 32 * (_low + top - 2) + LowestExponent);
    }
}
