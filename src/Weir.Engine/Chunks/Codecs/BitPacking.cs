using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>
/// Numbers of a fixed width, back to back, lowest bit first, in groups of eight: a group is exactly as many bytes as a number has bits, so
/// every group begins on a byte. The last group is filled up with zeros.
/// </summary>
internal static class BitPacking
{
    public const int Group = 8;

    /// <summary>Numbers that share a width.</summary>
    public const int Block = 128;

    /// <summary>What the unpacking loops may read from the start of a group, whatever its width.</summary>
    public const int Reach = 64;

    /// <summary>A number that begins at any bit of a byte and is up to so wide lies in eight bytes, which is one load.</summary>
    private const int WidthInOneLoad = 57;

    /// <summary>The narrowest width in use that holds so many bits: 0 to 57, or 64.</summary>
    public static int WidthFor(int bits) => bits <= WidthInOneLoad ? bits : 64;

    /// <summary>The narrowest width in use that holds this number.</summary>
    public static int WidthOf(ulong number) => WidthFor(64 - BitOperations.LeadingZeroCount(number));

    public static bool IsWidth(int width) => width is (>= 0 and <= WidthInOneLoad) or 64;

    public static int BytesFor(int count, int width) => (count + Group - 1) / Group * width;

    /// <summary>Packs <c>number − low</c> of numbers for which that fits the width.</summary>
    /// <param name="numbers">As many as there are.</param>
    /// <param name="low">What to subtract from each, wrapping around.</param>
    /// <param name="width">Bits of each.</param>
    /// <param name="to">Longer by <see cref="Reach"/> than <see cref="BytesFor"/> says; what is behind that may be overwritten.</param>
    /// <param name="vectors">Vectors to use.</param>
    public static void Pack(ReadOnlySpan<long> numbers, long low, int width, Span<byte> to, VectorWidth vectors)
    {
        if (width == 0) return;
        if (vectors == VectorWidth.Bits512)
        {
            var whole = numbers.Length / Group * Group;
            PackGroups.Run(numbers[..whole], low, width, to);
            numbers = numbers[whole..];
            to = to[BytesFor(whole, width)..];
        }
        PackOneByOne(numbers, low, width, to[..BytesFor(numbers.Length, width)]);
    }

    private static void PackOneByOne(ReadOnlySpan<long> numbers, long low, int width, Span<byte> to)
    {
        var (pending, filled, at) = (0UL, 0, 0);
        foreach (var number in numbers)
        {
            var bits = (ulong)(number - low);
            pending |= bits << filled;
            filled += width;
            if (filled < 64) continue;
            BinaryPrimitives.WriteUInt64LittleEndian(to[at..], pending);
            at += 8;
            filled -= 64;
            pending = filled == 0 ? 0 : bits >>> (width - filled);
        }
        for (; at < to.Length; at++, pending >>>= 8) to[at] = (byte)pending;
    }

    /// <summary>
    /// Unpacks blocks of <see cref="Block"/> numbers, the last of which may be shorter, each with a width of its own and something to add to every number,
    /// wrapping around. <paramref name="from"/> holds at least the bytes of all; what follows may be read and is not used.
    /// </summary>
    public static void Unpack(ReadOnlySpan<byte> from, ReadOnlySpan<byte> widths, ReadOnlySpan<long> add, Span<long> into, VectorWidth vectors)
    {
        var (whole, at) = (0, 0);
        while ((whole + 1) * Block <= into.Length && at + (BytesFor(Block, widths[whole]) - widths[whole]) + Reach <= from.Length) at += BytesFor(Block, widths[whole++]);
        UnpackGroups.Run(from, widths[..whole], add[..whole], into[..(whole * Block)], vectors);
        for (var i = whole; i * Block < into.Length; i++)
        {
            var block = into.Slice(i * Block, Math.Min(Block, into.Length - i * Block));
            UnpackEnd(from[at..], widths.Slice(i, 1), add.Slice(i, 1), block, vectors);
            at += BytesFor(Block, widths[i]);
        }
    }

    /// <summary>A block so near the end of the bytes that a loop would read past them, or one that ends within a group: its end from a copy with room.</summary>
    [SkipLocalsInit]
    private static void UnpackEnd(ReadOnlySpan<byte> from, ReadOnlySpan<byte> width, ReadOnlySpan<long> add, Span<long> block, VectorWidth vectors)
    {
        var groups = from.Length < Reach ? 0 : Math.Min(block.Length / Group, width[0] == 0 ? Block : (from.Length - Reach) / width[0] + 1);
        if (groups > 0) UnpackGroups.Run(from, width, add, block[..(groups * Group)], vectors);
        block = block[(groups * Group)..];
        if (block.Length == 0) return;

        Span<byte> copy = stackalloc byte[2 * Reach];
        Span<long> end = stackalloc long[Block];
        // What is left begins less than a reach before the end, or is a single group.
        from.Slice(groups * width[0], BytesFor(block.Length, width[0])).CopyTo(copy);
        UnpackGroups.Run(copy, width, add, end[..((block.Length + Group - 1) / Group * Group)], vectors);
        end[..block.Length].CopyTo(block);
    }
}
