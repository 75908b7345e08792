using System.Buffers.Binary;

namespace Weir.Engine.Wire;

/// <summary>What a wire block carries.</summary>
public enum BlockKind : byte
{
    Columns = 1,
    Points = 2,
}

[Flags]
public enum BlockFlags : ushort
{
    None = 0,

    /// <summary>Part of a catch-up rather than of the live stream.</summary>
    Snapshot = 1,

    /// <summary>More blocks of this snapshot follow for the same series.</summary>
    More = 2,
}

/// <summary>The 48 bytes that begin every wire block; see docs/wire.md for the drawing.</summary>
public readonly record struct BlockHeader(
    BlockKind Kind, BlockFlags Flags, int Length, uint View, uint Slot, int Count, ulong Sequence, long Base, long Step)
{
    public const int Size = 48;
    public const uint Magic = 0x52494557;
    public const byte Version = 1;

    /// <summary>A block is at most this long, so that no message holds a slow viewer's queue over its bound.</summary>
    public const int BlockBytesMax = 65_536;

    /// <summary>Bytes of a block with so many columns, padding included.</summary>
    public static int ColumnsLength(int count) => Size + (4 * count + 7) / 8 * 8 + 32 * count;

    public static int PointsLength(int count) => Size + 16 * count;

    public void Write(Span<byte> to)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to, Magic);
        to[4] = Version;
        to[5] = (byte)Kind;
        BinaryPrimitives.WriteUInt16LittleEndian(to[6..], (ushort)Flags);
        BinaryPrimitives.WriteInt32LittleEndian(to[8..], Length);
        BinaryPrimitives.WriteUInt32LittleEndian(to[12..], View);
        BinaryPrimitives.WriteUInt32LittleEndian(to[16..], Slot);
        BinaryPrimitives.WriteInt32LittleEndian(to[20..], Count);
        BinaryPrimitives.WriteUInt64LittleEndian(to[24..], Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(to[32..], Base);
        BinaryPrimitives.WriteInt64LittleEndian(to[40..], Step);
    }

    /// <summary>Reads and checks a header; the message of the exception says at which byte what is wrong.</summary>
    /// <exception cref="InvalidDataException">Not a block this version knows, or one that does not fit the message.</exception>
    public static BlockHeader Read(ReadOnlySpan<byte> message, int at)
    {
        var left = message.Length - at;
        if (left < Size) throw Malformed(at, $"a header of {Size} bytes is expected and {left} are left");
        var from = message[at..];
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(from);
        if (magic != Magic) throw Malformed(at, $"the magic is {magic:x8}, not {Magic:x8}");
        if (from[4] != Version) throw Malformed(at + 4, $"version {from[4]} is not {Version}");
        var kind = (BlockKind)from[5];
        var length = BinaryPrimitives.ReadInt32LittleEndian(from[8..]);
        var count = BinaryPrimitives.ReadInt32LittleEndian(from[20..]);
        if (kind is not (BlockKind.Columns or BlockKind.Points)) throw Malformed(at + 5, $"kind {from[5]} is unknown");
        if (count is < 1 or > BlockBytesMax) throw Malformed(at + 20, $"a count of {count} is out of range");
        var expected = kind == BlockKind.Columns ? ColumnsLength(count) : PointsLength(count);
        if (length != expected) throw Malformed(at + 8, $"a length of {length} does not go with {count} {kind}, which take {expected}");
        if (length > BlockBytesMax) throw Malformed(at + 8, $"a length of {length} is over {BlockBytesMax}");
        if (length > left) throw Malformed(at + 8, $"a block of {length} bytes does not fit the {left} that are left");
        return new BlockHeader(
            kind,
            (BlockFlags)BinaryPrimitives.ReadUInt16LittleEndian(from[6..]),
            length,
            BinaryPrimitives.ReadUInt32LittleEndian(from[12..]),
            BinaryPrimitives.ReadUInt32LittleEndian(from[16..]),
            count,
            BinaryPrimitives.ReadUInt64LittleEndian(from[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(from[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(from[40..]));
    }

    private static InvalidDataException Malformed(int at, string what) => new($"Malformed wire block at byte {at}: {what}.");
}
