using System.Runtime.Intrinsics;

namespace Weir.Engine.Downsampling.Lanes;

/// <summary>How many doubles the loops over raw points take at once.</summary>
internal enum LaneWidth
{
    One = 1,
    Two = 2,
    Four = 4,
    Eight = 8,
}

/// <summary>Which widths this processor has registers for.</summary>
internal static class LaneWidths
{
    public static LaneWidth Widest { get; } =
        Vector512.IsHardwareAccelerated ? LaneWidth.Eight : Vector256.IsHardwareAccelerated ? LaneWidth.Four : Vector128.IsHardwareAccelerated ? LaneWidth.Two : LaneWidth.One;
}
