using System.Buffers.Binary;

namespace Weir.Engine.Sketches;

/// <summary>Reads what <see cref="ByteWriter"/> wrote and says at which byte it is wrong.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly int Left => _bytes.Length - Position;

    public byte ReadByte() => Take(1)[0];

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public ulong ReadVariable()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = ReadByte();
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80 && (shift < 63 || part <= 1)) return value;
        }
        throw Malformed("a number of variable length goes past 64 bits");
    }

    /// <summary>A number from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public long ReadVariable(string what, long min, long max)
    {
        var at = Position;
        var value = ReadVariable();
        return value <= (ulong)max && (long)value >= min ? (long)value : throw Malformed(at, $"{what} of {value} is outside of {min} to {max}");
    }

    public readonly InvalidDataException Malformed(string what) => Malformed(Position, what);

    public static InvalidDataException Malformed(int at, string what) => new($"Malformed sketch at byte {at}: {what}.");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (Left < count) throw Malformed($"{count} bytes are expected and {Left} are left");
        var taken = _bytes.Slice(Position, count);
        Position += count;
        return taken;
    }
}
