using System.Runtime.CompilerServices;

namespace Weir.Engine.Instruments;

/// <summary>
/// A sum with one writer: whole numbers in a <c>long</c>, all else in a <c>double</c>. Whole numbers so add up exactly, and a loop of additions
/// waits one cycle for the last one instead of the eight or so of loading, adding and storing a double.
/// </summary>
/// <remarks>Both halves are read by other threads while one writes, each in one piece: this needs a 64-bit process.</remarks>
internal struct Accumulator
{
    private long _whole;
    private double _fraction;

    public readonly double Value => _whole + _fraction;

    /// <summary>Adds a whole number that is not negative; false, and nothing added, for any other value and when the sum would not fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAddWhole(double value)
    {
        // Casting saturates and makes 0 of NaN, so that whatever is no whole number differs; a wrapped sum and a negative value both make it fall.
        var whole = (long)value;
        var before = _whole;
        var after = before + whole;
        if (whole != value || after < before) return false;
        Volatile.Write(ref _whole, after);
        return true;
    }

    /// <summary>The same for a whole number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAddWhole(long value)
    {
        var before = _whole;
        var after = before + value;
        if (after < before) return false;
        Volatile.Write(ref _whole, after);
        return true;
    }

    /// <summary>Adds what may be a fraction and is finite and not negative; false, and nothing added, for anything else.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryAddFraction(double value)
    {
        if (!IsIncrement(value)) return false;
        Volatile.Write(ref _fraction, _fraction + value);
        return true;
    }

    /// <summary>Not negative and finite, so that a sum of it neither falls nor is lost.</summary>
    public static bool IsIncrement(double value) => value >= 0 && value <= double.MaxValue;

    /// <summary>What another thread's accumulator holds now, each half at its own moment.</summary>
    public static Accumulator Read(ref Accumulator accumulator) => new() { _whole = Volatile.Read(ref accumulator._whole), _fraction = Volatile.Read(ref accumulator._fraction) };

    public void Merge(in Accumulator other)
    {
        var sum = _whole + other._whole;
        if (sum < _whole) _fraction += other._whole;
        else _whole = sum;
        _fraction += other._fraction;
    }

    /// <summary>Adds for several writers at once: interlocked, and so several times slower where they meet.</summary>
    public static void AddShared(ref Accumulator accumulator, double value)
    {
        var whole = (long)value;
        while (whole == value)
        {
            var before = Volatile.Read(ref accumulator._whole);
            if (before + whole < before) break;
            if (Interlocked.CompareExchange(ref accumulator._whole, before + whole, before) == before) return;
        }
        while (true)
        {
            var before = Volatile.Read(ref accumulator._fraction);
            if (Interlocked.CompareExchange(ref accumulator._fraction, before + value, before) == before) return;
        }
    }
}
