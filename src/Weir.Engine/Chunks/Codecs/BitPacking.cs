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

    /// <summary>Packs the low bits of numbers that all fit the width; <paramref name="to"/> is as long as <see cref="BytesFor"/> says.</summary>
    public static void Pack(ReadOnlySpan<long> numbers, int width, Span<byte> to)
    {
        if (width == 0) return;
        var (pending, filled, at) = (0UL, 0, 0);
        foreach (var number in numbers)
        {
            pending |= (ulong)number << filled;
            filled += width;
            if (filled < 64) continue;
            BinaryPrimitives.WriteUInt64LittleEndian(to[at..], pending);
            at += 8;
            filled -= 64;
            pending = filled == 0 ? 0 : (ulong)number >>> (width - filled);
        }
        for (; at < to.Length; at++, pending >>>= 8) to[at] = (byte)pending;
    }

    /// <summary>
    /// Unpacks into <paramref name="into"/> and adds <paramref name="add"/> to each, wrapping around. <paramref name="from"/> holds at least
    /// <see cref="BytesFor"/> bytes; what follows may be read and is not used.
    /// </summary>
    public static void Unpack(ReadOnlySpan<byte> from, int width, long add, Span<long> into, VectorWidth vectors)
    {
        if (width == 0)
        {
            into.Fill(add);
            return;
        }
        var groups = into.Length / Group;
        if (groups * Group == into.Length && from.Length >= (groups - 1) * width + Reach)
        {
            UnpackGroups.Run(from, width, add, into, vectors);
            return;
        }
        var inReach = from.Length < Reach ? 0 : Math.Min(groups, (from.Length - Reach) / width + 1);
        UnpackGroups.Run(from, width, add, into[..(inReach * Group)], vectors);
        if (inReach * Group < into.Length) UnpackEnd(from[(inReach * width)..], width, add, into[(inReach * Group)..], vectors);
    }

    /// <summary>The groups so near the end of the bytes that a loop would read past them: from a copy, which has room behind it.</summary>
    [SkipLocalsInit]
    private static void UnpackEnd(ReadOnlySpan<byte> from, int width, long add, Span<long> into, VectorWidth vectors)
    {
        Span<byte> copy = stackalloc byte[2 * Reach];
        from[..Math.Min(from.Length, BytesFor(into.Length, width))].CopyTo(copy);
        var whole = into.Length / Group * Group;
        UnpackGroups.Run(copy, width, add, into[..whole], vectors);
        if (whole == into.Length) return;
        Span<long> last = stackalloc long[Group];
        UnpackGroups.Run(copy[(whole / Group * width)..], width, add, last, vectors);
        last[..(into.Length - whole)].CopyTo(into[whole..]);
    }
}
