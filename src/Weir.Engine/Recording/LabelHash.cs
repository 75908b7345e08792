using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Weir.Engine.Series;

namespace Weir.Engine.Recording;

/// <summary>
/// Hashes of the values of labels in any order, for caches that compare in full. Names are left out: under one handle they are nearly always the
/// same. Both hashes add up what each value comes to, so that the order does not matter.
/// </summary>
internal static class LabelHash
{
    /// <summary>2^64 divided by the golden ratio (Knuth, The Art of Computer Programming, volume 3, 6.4).</summary>
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The second prime of xxHash64 (https://github.com/Cyan4973/xxHash, doc/xxhash_spec.md).</summary>
    private const ulong Prime = 0xC2B2AE3D27D4EB4F;

    /// <summary>By where the texts lie in memory: looks at none of them, and differs once the garbage collector has moved one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint OfAddresses(int parent, ReadOnlySpan<Label> labels)
    {
        var sum = (ulong)parent;
        foreach (ref readonly var label in labels)
        {
            var value = label.Value;
            sum += Mix((ulong)Unsafe.As<string, nint>(ref value));
        }
        return (uint)((sum * Golden) >> 32);
    }

    /// <summary>By all characters.</summary>
    public static uint OfTexts(int parent, ReadOnlySpan<Label> labels)
    {
        var sum = (ulong)parent;
        foreach (ref readonly var label in labels) sum += OfText(label.Value);
        return (uint)((sum * Golden) >> 32);
    }

    /// <summary>Four characters at a time, each times an odd number of its own, so that no step waits for another.</summary>
    private static ulong OfText(string? text)
    {
        if (string.IsNullOrEmpty(text)) return Golden;
        var length = (ulong)text.Length;
        if (text.Length < 4) return Mix(text[0] | (ulong)text[text.Length / 2] << 16 | (ulong)text[^1] << 32 | length << 48);
        var bytes = MemoryMarshal.AsBytes(text.AsSpan());
        var (sum, factor) = (length * Golden, Prime);
        for (var at = 0; at + 8 <= bytes.Length; at += 8, factor += Golden << 1) sum += MemoryMarshal.Read<ulong>(bytes[at..]) * factor;
        return Mix(sum + MemoryMarshal.Read<ulong>(bytes[^8..]) * factor);
    }

    private static ulong Mix(ulong value)
    {
        var product = value * Prime;
        return product ^ (product >> 32);
    }
}
