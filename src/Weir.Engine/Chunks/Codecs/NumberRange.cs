using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>The smallest and the largest of numbers.</summary>
internal static class NumberRange
{
    /// <param name="numbers">At least one.</param>
    /// <param name="vectors">Vectors to use.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (long Min, long Max) Of(ReadOnlySpan<long> numbers, VectorWidth vectors)
    {
        var (min, max, i) = (numbers[0], numbers[0], 0);
        if (vectors != VectorWidth.Scalar)
        {
            var (mins, maxes) = (Vector512.Create(min), Vector512.Create(max));
            ref var from = ref MemoryMarshal.GetReference(numbers);
            for (; i <= numbers.Length - Vector512<long>.Count; i += Vector512<long>.Count)
            {
                var lanes = Vector512.LoadUnsafe(ref from, (nuint)i);
                (mins, maxes) = (Vector512.Min(mins, lanes), Vector512.Max(maxes, lanes));
            }
            var (halfMin, halfMax) = (Vector256.Min(mins.GetLower(), mins.GetUpper()), Vector256.Max(maxes.GetLower(), maxes.GetUpper()));
            var (pairMin, pairMax) = (Vector128.Min(halfMin.GetLower(), halfMin.GetUpper()), Vector128.Max(halfMax.GetLower(), halfMax.GetUpper()));
            (min, max) = (Math.Min(pairMin[0], pairMin[1]), Math.Max(pairMax[0], pairMax[1]));
        }
        for (; i < numbers.Length; i++) (min, max) = (Math.Min(min, numbers[i]), Math.Max(max, numbers[i]));
        return (min, max);
    }

    /// <summary>Of those alone that are <paramref name="low"/> or up to 2^width above it, of which there is at least one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (long Min, long Max) Within(ReadOnlySpan<long> numbers, long low, int width, VectorWidth vectors)
    {
        // Distances from low are unsigned; the others count as low in the search for the largest, and as the farthest in that for the smallest.
        var (min, max, i) = (ulong.MaxValue, 0UL, 0);
        if (vectors != VectorWidth.Scalar)
        {
            var (mins, maxes, lows) = (Vector512.Create(min), Vector512.Create(max), Vector512.Create(low));
            ref var from = ref MemoryMarshal.GetReference(numbers);
            for (; i <= numbers.Length - Vector512<long>.Count; i += Vector512<long>.Count)
            {
                var distances = (Vector512.LoadUnsafe(ref from, (nuint)i) - lows).AsUInt64();
                var outside = ~Vector512.Equals(distances >>> width, Vector512<ulong>.Zero);
                (mins, maxes) = (Vector512.Min(mins, distances | outside), Vector512.Max(maxes, Vector512.AndNot(distances, outside)));
            }
            for (var lane = 0; lane < Vector512<ulong>.Count; lane++) (min, max) = (Math.Min(min, mins[lane]), Math.Max(max, maxes[lane]));
        }
        for (; i < numbers.Length; i++)
        {
            var distance = (ulong)(numbers[i] - low);
            if (distance >>> width == 0) (min, max) = (Math.Min(min, distance), Math.Max(max, distance));
        }
        return (low + (long)min, low + (long)max);
    }
}
