namespace Weir.Engine.Chunks.Codecs;

/// <summary>Writes the value column of a chunk in the encoding that takes about the fewest bytes. One per writing thread.</summary>
internal sealed class ValueColumnWriter(IntegerColumnWriter integers, VectorWidth vectors)
{
    /// <summary>Decimals that take no more than so many bits a value, exceptions and all, are not worth comparing with anything.</summary>
    private const int BitsOfGoodDecimals = 32;

    /// <summary>About what a value that is no decimal takes: its bits and its position.</summary>
    private const int BitsOfException = 64 + 8;

    /// <summary>Ordered numbers that span no more than a power of two does are not worth splitting: their fractions would take as much.</summary>
    private const ulong RangeOfGoodOrder = 1UL << DoubleBits.FractionWidth;

    private readonly long[] _numbers = new long[Chunk.PointsMax];
    private readonly long[] _fractions = new long[Chunk.PointsMax];
    private readonly long[] _positions = new long[Chunk.PointsMax];
    private readonly long[] _bits = new long[Chunk.PointsMax];
    private readonly IntegerColumnPlan _decimal = new(vectors);
    private readonly IntegerColumnPlan _ordered = new(vectors);
    private readonly IntegerColumnPlan _scales = new(vectors);
    private readonly IntegerColumnPlan _fractionPlan = new(vectors);

    /// <summary>Writes the column and says how.</summary>
    public ValueEncoding Write(ReadOnlySpan<double> values, ByteWriter to)
    {
        var (encoding, bits) = (ValueEncoding.Ordered, long.MaxValue);
        var exponent = ToDecimals(values, out var exceptions);
        if (exponent != DecimalExponent.None)
        {
            _decimal.Choose(_numbers.AsSpan(0, values.Length));
            (encoding, bits) = (ValueEncoding.Decimal, _decimal.Bits + exceptions * BitsOfException);
        }
        if (bits > values.Length * (long)BitsOfGoodDecimals) encoding = Compare(values, encoding, bits);
        var start = to.Length;
        Write(encoding, exponent, exceptions, to);
        if (encoding == ValueEncoding.Ordered || to.Length - start <= IntegerColumn.LengthMax(values.Length)) return encoding;

        // The blocks that were compared were not like the others: what never takes more than a chunk may.
        to.Truncate(start);
        Order(values);
        integers.Write(_ordered, to);
        return ValueEncoding.Ordered;
    }

    private void Write(ValueEncoding encoding, int exponent, int exceptions, ByteWriter to)
    {
        switch (encoding)
        {
            case ValueEncoding.Decimal:
                to.WriteByte(exponent);
                integers.Write(_decimal, to);
                to.WriteNumber((ulong)exceptions);
                if (exceptions == 0) break;
                integers.Write(_positions.AsSpan(0, exceptions), to);
                integers.Write(_bits.AsSpan(0, exceptions), to);
                break;
            case ValueEncoding.Ordered:
                integers.Write(_ordered, to);
                break;
            default:
                integers.Write(_scales, to);
                integers.Write(_fractionPlan, to);
                break;
        }
    }

    private Span<long> Order(ReadOnlySpan<double> values)
    {
        var numbers = _numbers.AsSpan(0, values.Length);
        DoubleBits.Of(values, numbers);
        DoubleBits.Order(numbers, vectors);
        _ordered.Choose(numbers);
        return numbers;
    }

    /// <summary>The encoding that takes the fewest bits, of which those so far are known.</summary>
    private ValueEncoding Compare(ReadOnlySpan<double> values, ValueEncoding encoding, long bits)
    {
        var numbers = Order(values);
        if (_ordered.Bits < bits) (encoding, bits) = (ValueEncoding.Ordered, _ordered.Bits);
        var (min, max) = NumberRange.Of(numbers, vectors);
        if ((ulong)(max - min) <= RangeOfGoodOrder) return encoding;

        DoubleBits.Of(values, numbers);
        var fractions = _fractions.AsSpan(0, values.Length);
        DoubleBits.Split(numbers, fractions, vectors);
        _scales.Choose(numbers);
        _fractionPlan.Choose(fractions);
        return _scales.Bits + _fractionPlan.Bits < bits ? ValueEncoding.Split : encoding;
    }

    /// <summary>The exponent with which values became integers.</summary>
    private int ToDecimals(ReadOnlySpan<double> values, out int exceptions)
    {
        exceptions = values.Length;
        var (exponent, expected) = DecimalExponent.OfSample(values, vectors);
        if (exponent == DecimalExponent.None) return exponent;
        exceptions = Decimals.ToIntegers(values, exponent, _numbers, _positions, vectors);
        if (DecimalExponent.IsWorthAnotherLook(exceptions, expected, values.Length))
        {
            (exponent, _) = DecimalExponent.OfAll(values, vectors);
            if (exponent == DecimalExponent.None) return exponent;
            exceptions = Decimals.ToIntegers(values, exponent, _numbers, _positions, vectors);
        }
        if (exceptions > 0) FillGaps(values, exceptions);
        return exponent;
    }

    /// <summary>An integer of a neighbour holds the place of a value that has none and widens no block.</summary>
    private void FillGaps(ReadOnlySpan<double> values, int exceptions)
    {
        var first = 0;
        while (first < exceptions && _positions[first] == first) first++;
        for (var k = 0; k < exceptions; k++)
        {
            var i = (int)_positions[k];
            _bits[k] = BitConverter.DoubleToInt64Bits(values[i]);
            _numbers[i] = k < first ? _numbers[first] : _numbers[i - 1];
        }
    }
}
