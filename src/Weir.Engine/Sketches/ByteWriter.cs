using System.Buffers;
using System.Buffers.Binary;

namespace Weir.Engine.Sketches;

/// <summary>Writes what a sketch consists of, little-endian.</summary>
internal readonly struct ByteWriter(ArrayBufferWriter<byte> to)
{
    public void Write(byte value)
    {
        to.GetSpan(1)[0] = value;
        to.Advance(1);
    }

    public void Write(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to.GetSpan(4), value);
        to.Advance(4);
    }

    public void Write(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(to.GetSpan(8), value);
        to.Advance(8);
    }

    /// <summary>Seven bits a byte, least first; the high bit says that more follow (LEB128).</summary>
    public void WriteVariable(ulong value)
    {
        for (; value >= 0x80; value >>= 7) Write((byte)(value | 0x80));
        Write((byte)value);
    }
}
