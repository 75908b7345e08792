using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Weir.Engine.Downsampling.Lanes;

/// <summary>Eight doubles in a register of 512 bits.</summary>
internal readonly struct Lanes8(Vector512<double> value) : ILanes<Lanes8>
{
    private readonly Vector512<double> _value = value;

    public static int Count => 8;

    public double this[int lane] => _value[lane];

    public static Lanes8 All(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Load(ref double values, nuint at) => new(Vector512.LoadUnsafe(ref values, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes8 Smaller(Lanes8 other) => new(Avx512F.IsSupported ? Avx512F.Min(_value, other._value) : Vector512.ConditionalSelect(Vector512.LessThan(_value, other._value), _value, other._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes8 Larger(Lanes8 other) => new(Avx512F.IsSupported ? Avx512F.Max(_value, other._value) : Vector512.ConditionalSelect(Vector512.GreaterThan(_value, other._value), _value, other._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes8 Plus(Lanes8 other) => new(_value + other._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes8 FiniteOrZero() => new(_value & Vector512.Equals(_value - _value, Vector512<double>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes8 OneWhereFinite() => new(Vector512<double>.One & Vector512.Equals(_value - _value, Vector512<double>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FirstEqual(Lanes8 other) => Lanes2.FirstBit(Vector512.Equals(_value, other._value).ExtractMostSignificantBits());
}
