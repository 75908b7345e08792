using System.Runtime.CompilerServices;
using Weir.Engine.Series;

namespace Weir.Engine.Instruments;

/// <summary>
/// Counts up: a running total over all threads, kept as a series of kind <see cref="SeriesKind.Counter"/>. Adding costs one to four
/// nanoseconds, takes no lock and no interlocked operation and allocates nothing; two threads never write to one cache line.
/// </summary>
/// <remarks>
/// Whole numbers add up exactly to 2^63 in each thread, fractions as doubles do. The series begins with a zero one interval before the first
/// increment, so that a rate sees it, and gets a point every interval from then on. A new process begins at zero again, which readers take for the
/// reset that it is.
/// </remarks>
public sealed class Counter : Instrument
{
    private readonly AccumulatorSet _accumulators;
    private readonly int _slot;
    private readonly int _position;
    private Accumulator _shared;
    private readonly Lock _observing = new();
    private double _observed = double.NaN;
    private double _sent;

    internal Counter(InstrumentSet all, TimeSeries series, int slot)
        : base(all, series.Key)
    {
        (Series, _accumulators, _slot, _position) = (series, all.Accumulators, slot, slot + ThreadAccumulators.Padding);
    }

    public TimeSeries Series { get; }

    /// <summary>The sum of all that was added, by all threads; asks each of them, so it is not for hot paths.</summary>
    public double Total => _accumulators.ReadSum(_slot).Value + Accumulator.Read(ref _shared).Value;

    /// <summary>Adds a whole number: 0 or more. A negative one is refused and counted (<see cref="EngineCounters.RefusedIncrements"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long value)
    {
        var accumulators = ThreadAccumulators.Current;
        if (accumulators is not null && accumulators.Owner == _accumulators)
        {
            var (sums, position) = (accumulators.Sums, _position);
            if ((uint)position < (uint)sums.Length && sums[position].TryAddWhole(value)) return;
        }
        AddElsewhere(value);
    }

    /// <summary>Adds an increment: 0 or more and finite. Any other value is refused and counted (<see cref="EngineCounters.RefusedIncrements"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double value)
    {
        var accumulators = ThreadAccumulators.Current;
        if (accumulators is not null && accumulators.Owner == _accumulators) AddIn(accumulators, value);
        else AddElsewhere(value);
    }

    /// <summary>
    /// Adds to the counter that has these labels besides, in whatever order they are written: <c>requests.Add(1, ("route", "/x"), ("status", "200"))</c>.
    /// Allocates only when the labels are new to the engine.
    /// </summary>
    /// <exception cref="ArgumentException">A label breaks the rules of <see cref="SeriesKey"/>.</exception>
    /// <exception cref="InvalidOperationException">The series is there with another kind.</exception>
    public void Add(double value, params ReadOnlySpan<Label> labels)
    {
        var accumulators = ThreadAccumulators.Current;
        if (accumulators is not null && accumulators.Owner == _accumulators && accumulators.Labels.Find(this, labels) is { } known) ((Counter)known).AddIn(accumulators, value);
        else With(labels).Add(value);
    }

    /// <summary>
    /// Adds what a running total kept elsewhere, such as a counter of the operating system, rose by since it was last observed. The first one only says where it
    /// stands and adds nothing, since when it was counted is not known. One that is lower than the last began again at zero, so that all of it is new. Takes a lock;
    /// meant to be called once a reading.
    /// </summary>
    /// <param name="total">0 or more and finite; any other is refused and counted (<see cref="EngineCounters.RefusedIncrements"/>).</param>
    public void Observe(double total)
    {
        if (!Accumulator.IsIncrement(total))
        {
            _accumulators.Refuse();
            return;
        }
        lock (_observing)
        {
            var last = _observed;
            _observed = total;
            if (total >= last) Add(total - last);
            else if (total < last) Add(total);
        }
    }

    /// <summary>The counter that has these labels besides; keep it where they are known beforehand.</summary>
    /// <exception cref="ArgumentException">A label breaks the rules of <see cref="SeriesKey"/>.</exception>
    /// <exception cref="InvalidOperationException">The series is there with another kind.</exception>
    public Counter With(params ReadOnlySpan<Label> labels) => (Counter)WithLabels(labels);

    private protected override Instrument Resolve(ReadOnlySpan<Label> labels) => All.Counter(Series.Key.Name, labels);

    internal override void Collect(in Collection collection)
    {
        var total = Accumulator.Read(ref _shared).Value;
        if (_slot < collection.Sums.Length) total += collection.Sums[_slot].Value;
        if (total == 0) return;
        if (_sent == 0) collection.Take(Series, collection.Previous, 0);
        // Fractions add up in the order of the threads, which changes when one ends: the last bit must not look like a reset.
        _sent = Math.Max(_sent, total);
        collection.Take(Series, collection.Time, _sent);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddIn(ThreadAccumulators accumulators, double value)
    {
        var (sums, position) = (accumulators.Sums, _position);
        if ((uint)position < (uint)sums.Length && (sums[position].TryAddWhole(value) || sums[position].TryAddFraction(value))) return;
        AddElsewhere(value);
    }

    /// <summary>The first increment of a thread, those of a counter past the limit of accumulators, and what is no increment.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddElsewhere(double value)
    {
        if (!Accumulator.IsIncrement(value))
        {
            _accumulators.Refuse();
            return;
        }
        if (_slot >= AccumulatorSet.SumsMax)
        {
            Accumulator.AddShared(ref _shared, value);
            return;
        }
        var accumulators = _accumulators.OfThread;
        var sums = accumulators.Sums;
        if (_position >= sums.Length) sums = accumulators.GrowSums(_slot);
        if (!sums[_position].TryAddWhole(value)) sums[_position].TryAddFraction(value);
    }
}
