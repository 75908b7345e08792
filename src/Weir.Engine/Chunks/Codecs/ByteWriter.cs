using System.Numerics;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>Bytes written one after the other into an array that grows. Made to be used again and again.</summary>
internal sealed class ByteWriter
{
    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    public Span<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Forgets all bytes from <paramref name="length"/> on.</summary>
    public void Truncate(int length) => Length = length;

    public void WriteByte(int value) => Take(1)[0] = (byte)value;

    /// <summary>See <see cref="ByteReader.ReadNumber"/>.</summary>
    public void WriteNumber(ulong number)
    {
        var length = LengthOf(number);
        WriteByte(length);
        foreach (ref var part in Take(length))
        {
            part = (byte)number;
            number >>>= 8;
        }
    }

    /// <summary>Bytes that <see cref="WriteNumber"/> takes.</summary>
    public static int SizeOf(ulong number) => 1 + LengthOf(number);

    /// <summary>Bytes that <see cref="WriteSigned"/> takes.</summary>
    public static int SizeOfSigned(long number) => SizeOf(ZigZag.Encode(number));

    public void WriteSigned(long number) => WriteNumber(ZigZag.Encode(number));

    /// <summary>See <see cref="BitPacking.Pack"/>.</summary>
    public void WritePacked(ReadOnlySpan<long> numbers, long low, int width, VectorWidth vectors)
    {
        var length = BitPacking.BytesFor(numbers.Length, width);
        BitPacking.Pack(numbers, low, width, Take(length + BitPacking.Reach), vectors);
        Length -= BitPacking.Reach;
    }

    /// <summary>The next bytes, to be written by the caller.</summary>
    public Span<byte> Take(int length)
    {
        if (Length + length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + length));
        Length += length;
        return _bytes.AsSpan(Length - length, length);
    }

    private static int LengthOf(ulong number) => (71 - BitOperations.LeadingZeroCount(number)) / 8;
}
