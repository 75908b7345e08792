using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Weir.Engine.Downsampling;

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

/// <summary>
/// Some doubles side by side. A loop is written once over this and compiled for each width, so all variants are one text; the one of width
/// <see cref="LaneWidth.One"/> is the plain twin of the others.
/// </summary>
internal interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    static abstract int Count { get; }

    static abstract TSelf All(double value);

    /// <summary>The <see cref="Count"/> values from <paramref name="at"/> on, unchecked.</summary>
    static abstract TSelf Load(ref double values, nuint at);

    /// <summary>Lane by lane the smaller; the other where this one's is NaN.</summary>
    TSelf Smaller(TSelf other);

    /// <summary>Lane by lane the larger; the other where this one's is NaN.</summary>
    TSelf Larger(TSelf other);

    TSelf Plus(TSelf other);

    /// <summary>Zero where a lane is NaN or infinite.</summary>
    TSelf FiniteOrZero();

    /// <summary>One where a lane is finite, else zero.</summary>
    TSelf OneWhereFinite();

    /// <summary>Which lane is the first to equal that of the other; 64 or more when none does.</summary>
    int FirstEqual(TSelf other);

    double this[int lane] { get; }
}

internal readonly struct Lanes1(double value) : ILanes<Lanes1>
{
    private readonly double _value = value;

    public static int Count => 1;

    public double this[int lane] => _value;

    public static Lanes1 All(double value) => new(value);

    public static Lanes1 Load(ref double values, nuint at) => new(Unsafe.Add(ref values, at));

    public Lanes1 Smaller(Lanes1 other) => _value < other._value ? this : other;

    public Lanes1 Larger(Lanes1 other) => _value > other._value ? this : other;

    public Lanes1 Plus(Lanes1 other) => new(_value + other._value);

    public Lanes1 FiniteOrZero() => new(double.IsFinite(_value) ? _value : 0);

    public Lanes1 OneWhereFinite() => new(double.IsFinite(_value) ? 1 : 0);

    public int FirstEqual(Lanes1 other) => _value == other._value ? 0 : 64;
}

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
