using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Weir.Engine.Sketches;

/// <summary>
/// A sum in eight lanes: the n-th value goes to lane <c>n mod 8</c>. Adding one by one no longer waits for the addition before, and adding in
/// vectors comes to the same, bit for bit.
/// </summary>
[InlineArray(Lanes)]
internal struct SumLanes
{
    public const int Lanes = 8;

    private double _first;

    public readonly double Total => this[0] + this[1] + (this[2] + this[3]) + (this[4] + this[5] + (this[6] + this[7]));

    public void Add(in SumLanes other)
    {
        for (var lane = 0; lane < Lanes; lane++) this[lane] += other[lane];
    }

    /// <summary>Adds values of which the first goes to lane 0. NaN and infinities show in the total.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        Span<double> lanes = this;
        var (a, b) = (Vector256.Create<double>(lanes), Vector256.Create<double>(lanes[4..]));
        var wide = MemoryMarshal.Cast<double, Vector256<double>>(values[..(values.Length & ~7)]);
        for (var i = 0; i + 1 < wide.Length; i += 2) (a, b) = (a + wide[i], b + wide[i + 1]);
        a.CopyTo(lanes);
        b.CopyTo(lanes[4..]);
        for (var i = wide.Length * 4; i < values.Length; i++) lanes[i & 7] += values[i];
    }
}
