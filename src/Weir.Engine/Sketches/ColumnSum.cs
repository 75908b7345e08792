using System.Numerics;
using System.Runtime.InteropServices;

namespace Weir.Engine.Sketches;

/// <summary>Columns of counts added, subtracted and summed, as many at a time as the machine's vectors hold. Whole numbers: the order of adding does not show.</summary>
internal static class ColumnSum
{
    public static void Add(Span<uint> into, ReadOnlySpan<uint> counts)
    {
        into = into[..counts.Length];
        var wideInto = MemoryMarshal.Cast<uint, Vector<uint>>(into);
        var wide = MemoryMarshal.Cast<uint, Vector<uint>>(counts)[..wideInto.Length];
        for (var i = 0; i < wideInto.Length; i++) wideInto[i] += wide[i];
        for (var i = wide.Length * Vector<uint>.Count; i < counts.Length; i++) into[i] += counts[i];
    }

    public static void Subtract(Span<uint> from, ReadOnlySpan<uint> counts)
    {
        from = from[..counts.Length];
        var wideFrom = MemoryMarshal.Cast<uint, Vector<uint>>(from);
        var wide = MemoryMarshal.Cast<uint, Vector<uint>>(counts)[..wideFrom.Length];
        for (var i = 0; i < wideFrom.Length; i++) wideFrom[i] -= wide[i];
        for (var i = wide.Length * Vector<uint>.Count; i < counts.Length; i++) from[i] -= counts[i];
    }

    /// <summary>
    /// Passes over stretches of counts as long as all of a stretch lies at or below the rank, takes them off it, and says how many counts it
    /// passed. The counts must sum up to less than 2^32.
    /// </summary>
    public static int SkipWhileAtMost(ReadOnlySpan<uint> counts, ref long rank)
    {
        const int stretch = 4;
        var wide = MemoryMarshal.Cast<uint, Vector<uint>>(counts);
        var (i, left) = (0, rank);
        for (; i + stretch <= wide.Length; i += stretch)
        {
            var sum = Vector.Sum(wide[i] + wide[i + 1] + (wide[i + 2] + wide[i + 3]));
            if (sum > left) break;
            left -= sum;
        }
        rank = left;
        return i * Vector<uint>.Count;
    }
}
