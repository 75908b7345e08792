using System.Numerics;
using System.Runtime.InteropServices;

namespace Weir.Engine.Sketches;

/// <summary>Columns of counts added, subtracted and summed, as many at a time as the machine's vectors hold. Whole numbers: the order of adding does not show.</summary>
internal static class ColumnSum
{
    public static void Add(Span<long> into, ReadOnlySpan<long> counts)
    {
        into = into[..counts.Length];
        var wideInto = MemoryMarshal.Cast<long, Vector<long>>(into);
        var wide = MemoryMarshal.Cast<long, Vector<long>>(counts);
        for (var i = 0; i < wide.Length; i++) wideInto[i] += wide[i];
        for (var i = wide.Length * Vector<long>.Count; i < counts.Length; i++) into[i] += counts[i];
    }

    public static void Subtract(Span<long> from, ReadOnlySpan<long> counts)
    {
        from = from[..counts.Length];
        var wideFrom = MemoryMarshal.Cast<long, Vector<long>>(from);
        var wide = MemoryMarshal.Cast<long, Vector<long>>(counts);
        for (var i = 0; i < wide.Length; i++) wideFrom[i] -= wide[i];
        for (var i = wide.Length * Vector<long>.Count; i < counts.Length; i++) from[i] -= counts[i];
    }

    /// <summary>Passes over stretches of counts as long as all of them lies at or below the rank, takes them off it, and says how many it passed.</summary>
    public static int SkipWhileAtMost(ReadOnlySpan<long> counts, ref long rank)
    {
        const int stretch = 4;
        var wide = MemoryMarshal.Cast<long, Vector<long>>(counts);
        var (i, left) = (0, rank);
        for (; i + stretch <= wide.Length; i += stretch)
        {
            var sum = Vector.Sum(wide[i] + wide[i + 1] + (wide[i + 2] + wide[i + 3]));
            if (sum > left) break;
            left -= sum;
        }
        rank = left;
        return i * Vector<long>.Count;
    }
}
