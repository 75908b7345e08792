namespace Weir.Engine.Queries.Evaluation;

/// <summary>
/// What stands at a step where a series has no value. A NaN of its own, told apart by its bits from those that arithmetic gives; nothing is ever computed
/// with it.
/// </summary>
internal static class Absent
{
    private const long Bits = 0x7FF8_0000_0AB5_E117;

    public static readonly double Value = BitConverter.Int64BitsToDouble(Bits);

    public static bool Is(double value) => BitConverter.DoubleToInt64Bits(value) == Bits;
}
