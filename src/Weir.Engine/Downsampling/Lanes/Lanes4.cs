using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Weir.Engine.Downsampling.Lanes;

/// <summary>Four doubles in a register of 256 bits.</summary>
internal readonly struct Lanes4(Vector256<double> value) : ILanes<Lanes4>
{
    private readonly Vector256<double> _value = value;

    public static int Count => 4;

    public double this[int lane] => _value[lane];

    public static Lanes4 All(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Load(ref double values, nuint at) => new(Vector256.LoadUnsafe(ref values, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes4 Smaller(Lanes4 other) => new(Avx.IsSupported ? Avx.Min(_value, other._value) : Vector256.ConditionalSelect(Vector256.LessThan(_value, other._value), _value, other._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes4 Larger(Lanes4 other) => new(Avx.IsSupported ? Avx.Max(_value, other._value) : Vector256.ConditionalSelect(Vector256.GreaterThan(_value, other._value), _value, other._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes4 Plus(Lanes4 other) => new(_value + other._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes4 FiniteOrZero() => new(_value & Vector256.Equals(_value - _value, Vector256<double>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes4 OneWhereFinite() => new(Vector256<double>.One & Vector256.Equals(_value - _value, Vector256<double>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FirstEqual(Lanes4 other) => Lanes2.FirstBit(Vector256.Equals(_value, other._value).ExtractMostSignificantBits());
}
