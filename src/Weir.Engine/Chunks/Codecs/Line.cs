using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>
/// Straight lines over positions, and the straight map from units to numbers; all wrap around. The runtime makes two or four of each vector
/// where the machine's are narrower.
/// </summary>
internal static class Line
{
    /// <summary>Writes <c>first + i·step</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(Span<long> numbers, long first, long step, VectorWidth vectors)
    {
        var i = 0;
        if (vectors != VectorWidth.Scalar)
        {
            var line = Vector512.Create(first) + Vector512<long>.Indices * step;
            var on = Vector512.Create(step * Vector512<long>.Count);
            foreach (ref var lanes in MemoryMarshal.Cast<long, Vector512<long>>(numbers))
            {
                lanes = line;
                line += on;
                i += Vector512<long>.Count;
            }
        }
        for (; i < numbers.Length; i++) numbers[i] = first + i * step;
    }

    /// <summary>Adds <c>first + i·step</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(Span<long> numbers, long first, long step, VectorWidth vectors)
    {
        var i = 0;
        if (vectors != VectorWidth.Scalar)
        {
            var line = Vector512.Create(first) + Vector512<long>.Indices * step;
            var on = Vector512.Create(step * Vector512<long>.Count);
            foreach (ref var lanes in MemoryMarshal.Cast<long, Vector512<long>>(numbers))
            {
                lanes += line;
                line += on;
                i += Vector512<long>.Count;
            }
        }
        for (; i < numbers.Length; i++) numbers[i] += first + i * step;
    }

    /// <summary>Each number becomes <c>anchor + unit·number</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map(Span<long> numbers, long anchor, long unit, VectorWidth vectors)
    {
        var i = 0;
        if (vectors != VectorWidth.Scalar)
        {
            var anchors = Vector512.Create(anchor);
            foreach (ref var lanes in MemoryMarshal.Cast<long, Vector512<long>>(numbers))
            {
                lanes = lanes * unit + anchors;
                i += Vector512<long>.Count;
            }
        }
        for (; i < numbers.Length; i++) numbers[i] = anchor + unit * numbers[i];
    }
}
