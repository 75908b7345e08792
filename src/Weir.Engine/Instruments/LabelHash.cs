using System.Runtime.CompilerServices;
using Weir.Engine.Series;

namespace Weir.Engine.Instruments;

/// <summary>
/// Hashes of the values of labels, for caches that compare in full. Names are left out: under one handle they are nearly always the same.
/// </summary>
internal static class LabelHash
{
    /// <summary>2^64 divided by the golden ratio (Knuth, The Art of Computer Programming, volume 3, 6.4).</summary>
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>By where the texts lie in memory, in their order: looks at none of them, and differs once the garbage collector has moved one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int OfAddresses(int parent, ReadOnlySpan<Label> labels)
    {
        var (sum, factor) = ((ulong)parent * Golden, Golden);
        foreach (ref readonly var label in labels)
        {
            var value = label.Value;
            factor += Golden << 1;
            sum += (ulong)Unsafe.As<string, nint>(ref value) * factor;
        }
        return (int)(sum >> 32);
    }

    /// <summary>By all characters, in any order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong OfTexts(int parent, ReadOnlySpan<Label> labels)
    {
        var sum = (ulong)parent;
        foreach (ref readonly var label in labels) sum += LabelText.Hash(label.Value);
        // The set comes from the lower half, the tag from the upper one.
        sum *= Golden;
        return sum ^ (sum >> 24);
    }
}
