using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>Reads the bytes of a chunk from front to back and never past their end.</summary>
/// <param name="bytes">The chunk.</param>
/// <param name="offset">Where to begin.</param>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes, int offset)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Offset { get; private set; } = offset;

    /// <summary>All bytes from here on.</summary>
    public readonly ReadOnlySpan<byte> Rest => _bytes[Offset..];

    public byte ReadByte(string what)
    {
        if (Offset >= _bytes.Length) Fail($"the bytes end where {what} should be");
        return _bytes[Offset++];
    }

    /// <summary>A byte that says how many bytes follow, 0 to 8, and these, lowest first: shorter than eight bytes and, other than a varint, one load.</summary>
    public ulong ReadNumber(string what)
    {
        var length = ReadByte(what);
        if (length > sizeof(ulong)) Fail($"{what} is {length} bytes long; at most 8 are allowed", 1);
        var left = Rest;
        if (left.Length < sizeof(ulong)) return ReadNumberAtEnd(length, what);
        Offset += length;
        var number = BinaryPrimitives.ReadUInt64LittleEndian(left);
        return length == sizeof(ulong) ? number : number & ((1UL << (8 * length)) - 1);
    }

    /// <summary>A number whose lowest bit is the sign (zigzag).</summary>
    public long ReadSigned(string what) => ZigZag.Decode(ReadNumber(what));

    public int ReadWidth(string what)
    {
        var width = ReadByte(what);
        if (!BitPacking.IsWidth(width)) Fail($"{what} is {width} bits; allowed are 0 to 57 and 64", 1);
        return width;
    }

    /// <summary>Steps over so many bytes and gives them.</summary>
    public ReadOnlySpan<byte> Take(int length, string what)
    {
        if (length > _bytes.Length - Offset) Fail($"{what} takes {length} bytes and {_bytes.Length - Offset} are left");
        Offset += length;
        return _bytes.Slice(Offset - length, length);
    }

    private ulong ReadNumberAtEnd(int length, string what)
    {
        var number = 0UL;
        var bytes = Take(length, what);
        for (var i = length - 1; i >= 0; i--) number = number << 8 | bytes[i];
        return number;
    }

    [DoesNotReturn]
    public readonly void Fail(string what, int back = 0) => throw new CorruptChunkException(Offset - back, what);
}
