using System.Runtime.InteropServices;
using Weir.Engine.Downsampling.Lanes;

namespace Weir.Engine.Downsampling;

/// <summary>The mean of the finite values of one column.</summary>
/// <param name="Number">Which column: <c>floor(time / step)</c>.</param>
/// <param name="Mean">NaN when <paramref name="Count"/> is 0.</param>
/// <param name="Count">How many values were finite.</param>
public readonly record struct ColumnMean(long Number, double Mean, long Count);

/// <summary>Reduces points to the mean of each column: calm to look at, but spikes are gone. <see cref="M4"/> keeps them.</summary>
public static class Averages
{
    /// <summary>
    /// Eight running sums whatever the width of the registers, joined in one order: the last bit of a mean does not depend on the processor.
    /// </summary>
    private const int Sums = 8;

    private const int Block = 512;

    /// <summary>Adds the means of columns that hold a point.</summary>
    /// <param name="times">Unix nanoseconds, rising.</param>
    /// <param name="values">As many; NaN and infinities are left out.</param>
    /// <param name="step">Width of a column in nanoseconds; positive.</param>
    /// <param name="into">Receives the means.</param>
    public static void Reduce(ReadOnlySpan<long> times, ReadOnlySpan<double> values, long step, List<ColumnMean> into) => Reduce(times, values, step, into, LaneWidths.Widest);

    internal static void Reduce(ReadOnlySpan<long> times, ReadOnlySpan<double> values, long step, List<ColumnMean> into, LaneWidth width)
    {
        foreach (var column in new ColumnRuns(times, values.Length, step))
        {
            var (sum, count) = SumOf(values[column.Range], width);
            into.Add(new ColumnMean(column.Number, sum / count, (long)count));
        }
    }

    private static (double Sum, double Count) SumOf(ReadOnlySpan<double> values, LaneWidth width) => width switch
    {
        LaneWidth.Eight => Add<Lanes8>(values),
        LaneWidth.Four => Add<Lanes4>(values),
        LaneWidth.Two => Add<Lanes2>(values),
        _ => Add<Lanes1>(values),
    };

    private static (double Sum, double Count) Add<TLanes>(ReadOnlySpan<double> values)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<double> sums = stackalloc double[Sums], counts = stackalloc double[Sums];
        sums.Clear();
        counts.Clear();
        ref var first = ref MemoryMarshal.GetReference(values);
        var whole = values.Length / Sums * Sums;
        // By blocks of 4 KB, so that narrow registers find in the cache what they come back to.
        for (var block = 0; block < whole; block += Block)
        {
            var end = Math.Min(whole, block + Block);
            for (var part = 0; part < Sums; part += TLanes.Count)
            {
                var (sum, count) = (TLanes.Load(ref sums[part], 0), TLanes.Load(ref counts[part], 0));
                for (var i = block + part; i < end; i += Sums)
                {
                    var value = TLanes.Load(ref first, (nuint)i);
                    (sum, count) = (sum.Plus(value.FiniteOrZero()), count.Plus(value.OneWhereFinite()));
                }
                for (var lane = 0; lane < TLanes.Count; lane++) (sums[part + lane], counts[part + lane]) = (sum[lane], count[lane]);
            }
        }
        for (var i = whole; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i])) continue;
            sums[i - whole] += values[i];
            counts[i - whole]++;
        }
        var (total, finite) = (0.0, 0.0);
        for (var i = 0; i < Sums; i++) (total, finite) = (total + sums[i], finite + counts[i]);
        return (total, finite);
    }
}
