using System.Runtime.InteropServices;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>Reads the value column of a chunk.</summary>
internal static class ValueColumnReader
{
    /// <summary>Reads the values at positions from <paramref name="first"/> to before <paramref name="end"/>; others may be written too, rightly or not.</summary>
    /// <param name="from">Stands at the column, afterwards behind it.</param>
    /// <param name="encoding">What the chunk's header says.</param>
    /// <param name="into">As long as the chunk has points.</param>
    /// <param name="first">Position of the first that is wanted.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="scratch">At least twice as long as the values.</param>
    /// <param name="vectors">Vectors to use.</param>
    /// <exception cref="CorruptChunkException">The bytes are no such column.</exception>
    public static void Read(ref ByteReader from, ValueEncoding encoding, Span<double> into, int first, int end, Span<long> scratch, VectorWidth vectors)
    {
        // Integers become values where they stand.
        var numbers = MemoryMarshal.Cast<double, long>(into);
        switch (encoding)
        {
            case ValueEncoding.Decimal:
                ReadDecimals(ref from, numbers, first, end, scratch, vectors);
                break;
            case ValueEncoding.Ordered:
                IntegerColumnReader.Read(ref from, numbers, first, end, vectors);
                DoubleBits.Order(numbers[first..end], vectors);
                break;
            default:
                var scales = scratch[..numbers.Length];
                IntegerColumnReader.Read(ref from, scales, first, end, vectors);
                IntegerColumnReader.Read(ref from, numbers, first, end, vectors);
                DoubleBits.Join(numbers[first..end], scales[first..end], vectors);
                break;
        }
    }

    private static void ReadDecimals(ref ByteReader from, Span<long> numbers, int first, int end, Span<long> scratch, VectorWidth vectors)
    {
        var exponent = from.ReadByte("an exponent");
        if (exponent > Decimals.ExponentMax) from.Fail($"an exponent is {exponent}; allowed are 0 to {Decimals.ExponentMax}", 1);
        IntegerColumnReader.Read(ref from, numbers, first, end, vectors);
        Decimals.ToValues(numbers[first..end], exponent, vectors);

        var exceptions = from.ReadNumber("a number of exceptions");
        if (exceptions == 0) return;
        if (exceptions > (ulong)numbers.Length) from.Fail($"{exceptions} exceptions are more than the {numbers.Length} values");
        var positions = scratch[..(int)exceptions];
        var bits = scratch.Slice(positions.Length, positions.Length);
        IntegerColumnReader.Read(ref from, positions, vectors);
        IntegerColumnReader.Read(ref from, bits, vectors);
        for (var i = 0; i < positions.Length; i++)
        {
            if ((ulong)positions[i] >= (ulong)numbers.Length) from.Fail($"an exception is for position {positions[i]} of {numbers.Length}");
            numbers[(int)positions[i]] = bits[i];
        }
    }
}
