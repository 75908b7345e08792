using System.Numerics;
using System.Runtime.InteropServices;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>Straight lines over positions, and the straight map from units to numbers; all wrap around. Vectors as wide as the runtime's.</summary>
internal static class Line
{
    /// <summary>Writes <c>first + i·step</c>.</summary>
    public static void Fill(Span<long> numbers, long first, long step, VectorWidth vectors)
    {
        var i = 0;
        if (vectors != VectorWidth.Scalar)
        {
            var line = Vector.Create(first) + Vector<long>.Indices * step;
            var on = Vector.Create(step * Vector<long>.Count);
            foreach (ref var lanes in MemoryMarshal.Cast<long, Vector<long>>(numbers))
            {
                lanes = line;
                line += on;
                i += Vector<long>.Count;
            }
        }
        for (; i < numbers.Length; i++) numbers[i] = first + i * step;
    }

    /// <summary>Adds <c>i·step</c>.</summary>
    public static void Add(Span<long> numbers, long step, VectorWidth vectors)
    {
        var i = 0;
        if (vectors != VectorWidth.Scalar)
        {
            var line = Vector<long>.Indices * step;
            var on = Vector.Create(step * Vector<long>.Count);
            foreach (ref var lanes in MemoryMarshal.Cast<long, Vector<long>>(numbers))
            {
                lanes += line;
                line += on;
                i += Vector<long>.Count;
            }
        }
        for (; i < numbers.Length; i++) numbers[i] += i * step;
    }

    /// <summary>Each number becomes <c>anchor + unit·number</c>.</summary>
    public static void Map(Span<long> numbers, long anchor, long unit, VectorWidth vectors)
    {
        var i = 0;
        if (vectors != VectorWidth.Scalar)
        {
            var anchors = Vector.Create(anchor);
            foreach (ref var lanes in MemoryMarshal.Cast<long, Vector<long>>(numbers))
            {
                lanes = lanes * unit + anchors;
                i += Vector<long>.Count;
            }
        }
        for (; i < numbers.Length; i++) numbers[i] = anchor + unit * numbers[i];
    }
}
