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
}
