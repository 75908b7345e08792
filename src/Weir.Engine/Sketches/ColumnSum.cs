using System.Numerics;
using System.Runtime.InteropServices;

namespace Weir.Engine.Sketches;

/// <summary>
/// Columns of counts added, subtracted and summed, as many at a time as the machine's vectors hold. Whole numbers: the order of adding does not
/// show, so the scalar loop that ends each is also its plain twin.
/// </summary>
internal static class ColumnSum
{
    /// <summary>Adds to each count of <paramref name="into"/> the one at the same place; the columns are equally long.</summary>
    public static void Add(Span<uint> into, ReadOnlySpan<uint> counts)
    {
        ref var to = ref MemoryMarshal.GetReference(into);
        ref var from = ref MemoryMarshal.GetReference(counts[..into.Length]);
        var (i, wide) = (0, Vector<uint>.Count);
        for (; i <= into.Length - 2 * wide; i += 2 * wide)
        {
            var (first, second) = ((nuint)i, (nuint)(i + wide));
            var a = Vector.LoadUnsafe(ref to, first) + Vector.LoadUnsafe(ref from, first);
            var b = Vector.LoadUnsafe(ref to, second) + Vector.LoadUnsafe(ref from, second);
            a.StoreUnsafe(ref to, first);
            b.StoreUnsafe(ref to, second);
        }
        for (; i < into.Length; i++) into[i] += counts[i];
    }

    /// <summary>Takes from each count of <paramref name="from"/> the one at the same place; the columns are equally long.</summary>
    public static void Subtract(Span<uint> from, ReadOnlySpan<uint> counts)
    {
        ref var to = ref MemoryMarshal.GetReference(from);
        ref var off = ref MemoryMarshal.GetReference(counts[..from.Length]);
        var (i, wide) = (0, Vector<uint>.Count);
        for (; i <= from.Length - 2 * wide; i += 2 * wide)
        {
            var (first, second) = ((nuint)i, (nuint)(i + wide));
            var a = Vector.LoadUnsafe(ref to, first) - Vector.LoadUnsafe(ref off, first);
            var b = Vector.LoadUnsafe(ref to, second) - Vector.LoadUnsafe(ref off, second);
            a.StoreUnsafe(ref to, first);
            b.StoreUnsafe(ref to, second);
        }
        for (; i < from.Length; i++) from[i] -= counts[i];
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
