using System.Runtime.InteropServices;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>Writes the value column of a chunk in the encoding that takes the fewest bytes. One per writing thread.</summary>
internal sealed class ValueColumnWriter(IntegerColumnWriter integers)
{
    /// <summary>Decimals that take no more than so many bytes a value and have no exceptions are not worth comparing with anything.</summary>
    private const int BytesOfGoodDecimals = 4;

    private readonly long[] _numbers = new long[Chunk.PointsMax];
    private readonly List<long> _positions = [];
    private readonly List<long> _bits = [];
    private ByteWriter _best = new();
    private ByteWriter _other = new();

    /// <summary>What <see cref="Write"/> last wrote.</summary>
    public ReadOnlySpan<byte> Written => _best.Written;

    /// <summary>Writes the column and says how; its bytes are in <see cref="Written"/> until the next.</summary>
    public ValueEncoding Write(ReadOnlySpan<double> values)
    {
        var encoding = ValueEncoding.Ordered;
        var hasDecimals = TryWriteDecimals(values);
        if (hasDecimals)
        {
            if (_positions.Count == 0 && _best.Length <= values.Length * BytesOfGoodDecimals) return ValueEncoding.Decimal;
            encoding = ValueEncoding.Decimal;
            (_best, _other) = (_other, _best);
        }
        WriteOrdered(values);
        if (hasDecimals && !KeepBetter()) encoding = ValueEncoding.Ordered;
        (_best, _other) = (_other, _best);
        WriteSplit(values);
        return KeepBetter() ? encoding : ValueEncoding.Split;
    }

    /// <summary>Keeps the shorter of the two; true when that is the older one.</summary>
    private bool KeepBetter()
    {
        var isOlder = _other.Length <= _best.Length;
        if (isOlder) (_best, _other) = (_other, _best);
        return isOlder;
    }

    private bool TryWriteDecimals(ReadOnlySpan<double> values)
    {
        var exponent = DecimalExponent.OfSample(values);
        if (exponent == DecimalExponent.None) return false;
        ToIntegers(values, exponent);
        if (DecimalExponent.IsWorthAnotherLook(_positions.Count, values.Length))
        {
            exponent = DecimalExponent.OfAll(values);
            if (exponent == DecimalExponent.None) return false;
            ToIntegers(values, exponent);
        }
        _best.Clear();
        _best.WriteByte(exponent);
        integers.Write(_numbers.AsSpan(0, values.Length), _best);
        _best.WriteNumber((ulong)_positions.Count);
        if (_positions.Count == 0) return true;
        integers.Write(CollectionsMarshal.AsSpan(_positions), _best);
        integers.Write(CollectionsMarshal.AsSpan(_bits), _best);
        return true;
    }

    private void ToIntegers(ReadOnlySpan<double> values, int exponent)
    {
        _positions.Clear();
        _bits.Clear();
        for (var i = 0; i < values.Length; i++)
        {
            if (Decimals.TryToInteger(values[i], exponent, out _numbers[i])) continue;
            // The neighbour's integer holds the place and widens no block.
            _numbers[i] = i == 0 ? 0 : _numbers[i - 1];
            _positions.Add(i);
            _bits.Add(BitConverter.DoubleToInt64Bits(values[i]));
        }
        // Places before the first decimal.
        var first = 0;
        while (first < _positions.Count && _positions[first] == first) first++;
        if (first > 0 && first < values.Length) _numbers.AsSpan(0, first).Fill(_numbers[first]);
    }

    private void WriteOrdered(ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++) _numbers[i] = DoubleBits.Order(BitConverter.DoubleToInt64Bits(values[i]));
        _best.Clear();
        integers.Write(_numbers.AsSpan(0, values.Length), _best);
    }

    private void WriteSplit(ReadOnlySpan<double> values)
    {
        _best.Clear();
        for (var i = 0; i < values.Length; i++) _numbers[i] = DoubleBits.ScaleOf(BitConverter.DoubleToInt64Bits(values[i]));
        integers.Write(_numbers.AsSpan(0, values.Length), _best);
        for (var i = 0; i < values.Length; i++) _numbers[i] = DoubleBits.FractionOf(BitConverter.DoubleToInt64Bits(values[i]));
        integers.Write(_numbers.AsSpan(0, values.Length), _best);
    }
}
