using System.Runtime.CompilerServices;

namespace Weir.Engine.Downsampling.Lanes;

/// <summary>One double: the plain twin of the wider lanes.</summary>
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
