using System.Runtime.InteropServices;
using Weir.Engine.Downsampling.Lanes;

namespace Weir.Engine.Downsampling;

/// <summary>Where the smallest and the largest finite value of a run are: the first of each, if several are equal; −1 when there is none.</summary>
internal readonly record struct Extremes(int ArgMin, int ArgMax)
{
    /// <summary>
    /// 4 KB: a block that held a new extreme is looked at once more while it is in the first-level cache, so that the pass over all
    /// carries no positions.
    /// </summary>
    private const int Block = 512;

    public static Extremes Of(ReadOnlySpan<double> values) => Of(values, LaneWidths.Widest);

    public static Extremes Of(ReadOnlySpan<double> values, LaneWidth width) => width switch
    {
        LaneWidth.Eight => Find<Lanes8>(values),
        LaneWidth.Four => Find<Lanes4>(values),
        LaneWidth.Two => Find<Lanes2>(values),
        _ => Find<Lanes1>(values),
    };

    private static Extremes Find<TLanes>(ReadOnlySpan<double> values)
        where TLanes : struct, ILanes<TLanes>
    {
        var (min, max, minAt, maxAt) = (double.PositiveInfinity, double.NegativeInfinity, -1, -1);
        for (var at = 0; at < values.Length; at += Block)
        {
            var block = values.Slice(at, Math.Min(Block, values.Length - at));
            var (low, high) = Bounds<TLanes>(block);
            if (double.IsNegativeInfinity(low) || double.IsPositiveInfinity(high)) (low, high) = FiniteBounds(block);
            if (low < min) (min, minAt) = (low, at);
            if (high > max) (max, maxAt) = (high, at);
        }
        return minAt < 0 ? new Extremes(-1, -1) : new Extremes(minAt + FirstEqual<TLanes>(values[minAt..], min), maxAt + FirstEqual<TLanes>(values[maxAt..], max));
    }

    /// <summary>Smallest and largest value, NaN left out; +∞ and −∞ when there is none.</summary>
    private static (double Min, double Max) Bounds<TLanes>(ReadOnlySpan<double> values)
        where TLanes : struct, ILanes<TLanes>
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var (minA, maxA) = (TLanes.All(double.PositiveInfinity), TLanes.All(double.NegativeInfinity));
        var (minB, maxB) = (minA, maxA);
        var (minC, maxC) = (minA, maxA);
        var (minD, maxD) = (minA, maxA);
        // Four at a time: the result of one comparison takes four cycles to be there for the next.
        var (count, i) = ((nuint)TLanes.Count, (nuint)0);
        var end = (nuint)values.Length;
        for (; i + 4 * count <= end; i += 4 * count)
        {
            var (a, b) = (TLanes.Load(ref first, i), TLanes.Load(ref first, i + count));
            var (c, d) = (TLanes.Load(ref first, i + 2 * count), TLanes.Load(ref first, i + 3 * count));
            (minA, minB, minC, minD) = (a.Smaller(minA), b.Smaller(minB), c.Smaller(minC), d.Smaller(minD));
            (maxA, maxB, maxC, maxD) = (a.Larger(maxA), b.Larger(maxB), c.Larger(maxC), d.Larger(maxD));
        }
        for (; i + count <= end; i += count)
        {
            var a = TLanes.Load(ref first, i);
            (minA, maxA) = (a.Smaller(minA), a.Larger(maxA));
        }
        minA = minA.Smaller(minB).Smaller(minC.Smaller(minD));
        maxA = maxA.Larger(maxB).Larger(maxC.Larger(maxD));
        var (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var lane = 0; lane < TLanes.Count; lane++)
        {
            if (minA[lane] < min) min = minA[lane];
            if (maxA[lane] > max) max = maxA[lane];
        }
        foreach (var value in values[(int)i..])
        {
            if (value < min) min = value;
            if (value > max) max = value;
        }
        return (min, max);
    }

    /// <summary>For the rare block that holds an infinity.</summary>
    private static (double Min, double Max) FiniteBounds(ReadOnlySpan<double> values)
    {
        var (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (!double.IsFinite(value)) continue;
            if (value < min) min = value;
            if (value > max) max = value;
        }
        return (min, max);
    }

    /// <summary>Position of the first value that equals <paramref name="sought"/>, which must be there.</summary>
    private static int FirstEqual<TLanes>(ReadOnlySpan<double> values, double sought)
        where TLanes : struct, ILanes<TLanes>
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var wanted = TLanes.All(sought);
        var i = 0;
        for (; i + TLanes.Count <= values.Length; i += TLanes.Count)
        {
            var lane = TLanes.Load(ref first, (nuint)i).FirstEqual(wanted);
            if (lane < TLanes.Count) return i + lane;
        }
        while (values[i] != sought) i++;
        return i;
    }
}
