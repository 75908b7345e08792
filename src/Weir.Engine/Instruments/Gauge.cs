using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Weir.Engine.Series;

namespace Weir.Engine.Instruments;

/// <summary>
/// A level that goes up and down. The last value set is the level, and the series gets it as a point every interval from the first on;
/// what was set in between is not kept (send it as points where it matters). Setting costs less than a nanosecond.
/// </summary>
/// <remarks>
/// One word that all threads write, alone in its cache lines. "Last" is the order in which the processor makes the writes visible: a set that
/// happens after another, however the threads told each other, wins; of two that race, one does. Cells per thread with time stamps would
/// need a clock (some 20 ns) to say the same.
/// </remarks>
public sealed class Gauge : Instrument
{
    /// <summary>A NaN that no arithmetic makes: nothing was set yet.</summary>
    private static readonly double Unset = BitConverter.UInt64BitsToDouble(0x7FF8_0000_7765_6972);

    private PaddedValue _level;

    internal Gauge(InstrumentSet all, TimeSeries series)
        : base(all, series.Key)
    {
        Series = series;
        _level.Value = Unset;
    }

    public TimeSeries Series { get; }

    /// <summary>The level; NaN when none was set.</summary>
    public double Value => Volatile.Read(ref _level.Value);

    /// <summary>Sets the level. NaN is a gap.</summary>
    public void Set(double value) => Volatile.Write(ref _level.Value, value);

    /// <summary>
    /// Raises the level, or lowers it by a negative number, as the count of requests under way does; begins at zero where there is no level or a gap. Interlocked, and exact with any number of
    /// threads while the level is a whole number below 2^53. What is not finite is refused and counted (<see cref="EngineCounters.RefusedIncrements"/>).
    /// </summary>
    public void Add(double change)
    {
        if (!double.IsFinite(change))
        {
            All.Accumulators.Refuse();
            return;
        }
        while (true)
        {
            var before = Value;
            var after = (double.IsNaN(before) ? 0 : before) + change;
            // By bits: a NaN is never equal to itself.
            var (old, now) = (BitConverter.DoubleToInt64Bits(before), BitConverter.DoubleToInt64Bits(after));
            if (Interlocked.CompareExchange(ref Unsafe.As<double, long>(ref _level.Value), now, old) == old) return;
        }
    }

    /// <summary>Sets the level of the gauge that has these labels besides, in whatever order they are written.</summary>
    /// <exception cref="ArgumentException">A label breaks the rules of <see cref="SeriesKey"/>.</exception>
    /// <exception cref="InvalidOperationException">The series is there with another kind.</exception>
    public void Set(double value, params ReadOnlySpan<Label> labels) => ((Gauge)WithLabels(labels)).Set(value);

    /// <summary>The gauge that has these labels besides; keep it where they are known beforehand.</summary>
    /// <exception cref="ArgumentException">A label breaks the rules of <see cref="SeriesKey"/>.</exception>
    /// <exception cref="InvalidOperationException">The series is there with another kind.</exception>
    public Gauge With(params ReadOnlySpan<Label> labels) => (Gauge)WithLabels(labels);

    private protected override Instrument Resolve(ReadOnlySpan<Label> labels) => All.Gauge(Series.Key.Name, labels);

    internal override void Collect(in Collection collection)
    {
        var level = Value;
        if (BitConverter.DoubleToUInt64Bits(level) == BitConverter.DoubleToUInt64Bits(Unset)) return;
        collection.Take(Series, collection.Time, level);
    }

    /// <summary>128 bytes before the value and 120 after it: a cache line and the neighbour that the processor fetches with it.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct PaddedValue
    {
        [FieldOffset(128)]
        public double Value;
    }
}
