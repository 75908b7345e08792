using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Weir.Engine.Downsampling.Lanes;

/// <summary>Two doubles in a register of 128 bits.</summary>
internal readonly struct Lanes2(Vector128<double> value) : ILanes<Lanes2>
{
    private readonly Vector128<double> _value = value;

    public static int Count => 2;

    public double this[int lane] => _value[lane];

    public static Lanes2 All(double value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Load(ref double values, nuint at) => new(Vector128.LoadUnsafe(ref values, at));

    // On x86 min and max give the second operand when one is NaN, which is what is wanted, in one instruction.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes2 Smaller(Lanes2 other) => new(Sse2.IsSupported ? Sse2.Min(_value, other._value) : Vector128.ConditionalSelect(Vector128.LessThan(_value, other._value), _value, other._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes2 Larger(Lanes2 other) => new(Sse2.IsSupported ? Sse2.Max(_value, other._value) : Vector128.ConditionalSelect(Vector128.GreaterThan(_value, other._value), _value, other._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes2 Plus(Lanes2 other) => new(_value + other._value);

    // Only a finite number less itself is zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes2 FiniteOrZero() => new(_value & Vector128.Equals(_value - _value, Vector128<double>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes2 OneWhereFinite() => new(Vector128<double>.One & Vector128.Equals(_value - _value, Vector128<double>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FirstEqual(Lanes2 other) => FirstBit(Vector128.Equals(_value, other._value).ExtractMostSignificantBits());

    internal static int FirstBit(ulong bits) => System.Numerics.BitOperations.TrailingZeroCount(bits);
}
