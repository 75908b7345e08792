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

    /// <summary>Seven bits a byte, lowest first; the high bit says that more follow (LEB128).</summary>
    public ulong ReadVarint(string what)
    {
        var number = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var seven = ReadByte(what);
            if (shift == 63 && seven > 1) break;
            number |= (ulong)(seven & 0x7F) << shift;
            if (seven < 0x80) return number;
        }
        Fail($"{what} is longer than 64 bits");
        return 0;
    }

    /// <summary>A varint whose lowest bit is the sign (zigzag).</summary>
    public long ReadSigned(string what) => ZigZag.Decode(ReadVarint(what));

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

    [DoesNotReturn]
    public readonly void Fail(string what, int back = 0) => throw new CorruptChunkException(Offset - back, what);
}
