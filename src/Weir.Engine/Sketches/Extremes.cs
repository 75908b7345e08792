using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Weir.Engine.Sketches;

/// <summary>The smallest and the largest of some values.</summary>
internal readonly record struct Extremes(double Min, double Max)
{
    public static readonly Extremes None = new(double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>Of values among which no NaN is.</summary>
    public static Extremes Of(ReadOnlySpan<double> values)
    {
        var (min, max) = (Vector256.Create(double.PositiveInfinity), Vector256.Create(double.NegativeInfinity));
        var wide = MemoryMarshal.Cast<double, Vector256<double>>(values);
        for (var i = 0; i < wide.Length; i++)
        {
            min = Vector256.MinNative(min, wide[i]);
            max = Vector256.MaxNative(max, wide[i]);
        }
        var extremes = None;
        for (var lane = 0; lane < 4; lane++) extremes = extremes.With(min[lane], max[lane]);
        foreach (var value in values[(wide.Length * 4)..]) extremes = extremes.With(value, value);
        return extremes;
    }

    public Extremes With(double min, double max) => new(min < Min ? min : Min, max > Max ? max : Max);
}
