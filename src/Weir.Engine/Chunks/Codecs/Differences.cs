using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>
/// What shapes leave of a column, for a part of it at a time: <see cref="PrefixSum"/> and <see cref="Line"/> backwards. All wrap around.
/// </summary>
internal static class Differences
{
    private const int Lanes = 8;

    /// <summary>Writes <c>units[i] − i·slope</c> from <paramref name="start"/> to <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Distances(ReadOnlySpan<long> units, Span<long> numbers, int start, int end, long slope, VectorWidth vectors)
    {
        var i = start;
        if (vectors != VectorWidth.Scalar)
        {
            ref var from = ref MemoryMarshal.GetReference(units[..end]);
            ref var to = ref MemoryMarshal.GetReference(numbers[..end]);
            var line = (Vector512<long>.Indices + Vector512.Create((long)i)) * slope;
            var on = Vector512.Create(Lanes * slope);
            for (; i <= end - Lanes; i += Lanes, line += on) (Vector512.LoadUnsafe(ref from, (nuint)i) - line).StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < end; i++) numbers[i] = units[i] - i * slope;
    }

    /// <summary>Writes <c>numbers[i] − from</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Distances(ReadOnlySpan<long> numbers, Span<long> distances, long from, VectorWidth vectors)
    {
        var i = 0;
        if (vectors != VectorWidth.Scalar)
        {
            ref var source = ref MemoryMarshal.GetReference(numbers);
            ref var target = ref MemoryMarshal.GetReference(distances[..numbers.Length]);
            var anchors = Vector512.Create(from);
            for (; i <= numbers.Length - Lanes; i += Lanes) (Vector512.LoadUnsafe(ref source, (nuint)i) - anchors).StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < numbers.Length; i++) distances[i] = numbers[i] - from;
    }

    /// <summary>Writes <c>units[i] − units[i − 1]</c>; the first has no difference of its own and takes its neighbour's, so that it widens no block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Deltas(ReadOnlySpan<long> units, Span<long> numbers, int start, int end, VectorWidth vectors)
    {
        var i = Math.Max(1, start);
        if (vectors != VectorWidth.Scalar)
        {
            ref var from = ref MemoryMarshal.GetReference(units[..end]);
            ref var to = ref MemoryMarshal.GetReference(numbers[..end]);
            for (; i <= end - Lanes; i += Lanes) (Vector512.LoadUnsafe(ref from, (nuint)i) - Vector512.LoadUnsafe(ref from, (nuint)i - 1)).StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < end; i++) numbers[i] = units[i] - units[i - 1];
        if (start == 0) numbers[0] = numbers[1];
    }

    /// <summary>Writes differences of neighbouring differences; the first two take their neighbour's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DeltasOfDeltas(ReadOnlySpan<long> units, Span<long> numbers, int start, int end, VectorWidth vectors)
    {
        var i = Math.Max(2, start);
        if (vectors != VectorWidth.Scalar)
        {
            ref var from = ref MemoryMarshal.GetReference(units[..end]);
            ref var to = ref MemoryMarshal.GetReference(numbers[..end]);
            for (; i <= end - Lanes; i += Lanes)
            {
                var middle = Vector512.LoadUnsafe(ref from, (nuint)i - 1);
                (Vector512.LoadUnsafe(ref from, (nuint)i) - middle - (middle - Vector512.LoadUnsafe(ref from, (nuint)i - 2))).StoreUnsafe(ref to, (nuint)i);
            }
        }
        for (; i < end; i++) numbers[i] = units[i] - 2 * units[i - 1] + units[i - 2];
        if (start == 0) numbers[0] = numbers[1] = numbers[2];
    }

    /// <summary>Whether all neighbours are as far from each other as the first two. Stops at the first that are not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AreAll(ReadOnlySpan<long> numbers, long step, VectorWidth vectors)
    {
        var i = 1;
        if (vectors != VectorWidth.Scalar)
        {
            ref var from = ref MemoryMarshal.GetReference(numbers);
            var steps = Vector512.Create(step);
            for (; i <= numbers.Length - Lanes; i += Lanes)
            {
                if (Vector512.LoadUnsafe(ref from, (nuint)i) - Vector512.LoadUnsafe(ref from, (nuint)i - 1) != steps) return false;
            }
        }
        for (; i < numbers.Length; i++)
        {
            if (numbers[i] - numbers[i - 1] != step) return false;
        }
        return true;
    }
}
