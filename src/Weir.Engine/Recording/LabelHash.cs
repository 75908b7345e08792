using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Weir.Engine.Series;

namespace Weir.Engine.Recording;

/// <summary>
/// A hash of labels in any order that looks at a few characters of each text and not at all of them: it only picks a place in a cache that
/// compares in full. Texts that differ nowhere but in their middle share a place; then the catalog, which hashes all of them, is asked more often.
/// </summary>
internal static class LabelHash
{
    /// <summary>2^64 divided by the golden ratio (Knuth, The Art of Computer Programming, volume 3, 6.4).</summary>
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The second prime of xxHash64 (https://github.com/Cyan4973/xxHash, doc/xxhash_spec.md).</summary>
    private const ulong Prime = 0xC2B2AE3D27D4EB4F;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(int parent, ReadOnlySpan<Label> labels)
    {
        var sum = (ulong)parent;
        // Added up, so that the order does not matter. The values alone: the names under one handle are nearly always the same.
        foreach (ref readonly var label in labels) sum += Ends(label.Value);
        return (uint)((sum * Golden) >> 32);
    }

    /// <summary>Length, the first four characters and the last four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Ends(string? text)
    {
        if (text is null) return 0;
        var length = (ulong)text.Length;
        if (text.Length >= 4)
        {
            var bytes = MemoryMarshal.AsBytes(text.AsSpan());
            var ends = MemoryMarshal.Read<ulong>(bytes) + BitOperations.RotateLeft(MemoryMarshal.Read<ulong>(bytes[^8..]), 23) + length;
            return (ends * Prime) ^ (ends >> 32);
        }
        return text.Length == 0 ? Golden : (text[0] | (ulong)text[text.Length / 2] << 16 | (ulong)text[^1] << 32 | length << 48) * Prime;
    }
}
