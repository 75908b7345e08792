using Weir.Engine.Series;
using Weir.Engine.Sketches;

namespace Weir.Engine.Instruments;

/// <summary>
/// The distribution of values such as latencies and sizes. Each thread counts into a <see cref="QuantileSketch"/> of its own: a few nanoseconds, no lock, no
/// interlocked operation, no allocation once the values have been seen to spread.
/// </summary>
/// <remarks>
/// Every interval with values gives one point of <c>name{quantile="0.5"}</c>, 0.9, 0.95 and 0.99, or of the quantiles that were asked for: quantiles of that
/// interval, as a Prometheus summary names them. <c>name.count</c> and <c>name.sum</c> are running totals. The series <c>name</c> has whole distributions, which rollups keep: any
/// quantile over any minutes, and a heatmap, come from those. NaN and infinities are refused and counted.
/// </remarks>
public sealed class Histogram : Instrument
{
    /// <summary>Quantiles of one histogram that may become series.</summary>
    public const int QuantilesMax = HistogramNames.QuantilesMax;

    private readonly AccumulatorSet _accumulators;
    private readonly int _slot;
    private readonly TimeSeries _count;
    private readonly TimeSeries? _sum;
    private readonly TimeSeries? _distribution;
    private readonly TimeSeries?[] _quantiles;
    private readonly HistogramNames _names;
    private readonly Counter? _overflow;
    private readonly Lock _reading = new();
    private readonly Lock _sharing = new();
    private readonly QuantileSketch _total = new();
    private QuantileSketch? _shared;

    internal Histogram(InstrumentSet all, HistogramNames names, int slot, TimeSeries count, TimeSeries? sum, TimeSeries? distribution, TimeSeries?[] quantiles)
        : base(all, count.Key)
    {
        (_names, _accumulators, _slot, _count, _sum, _distribution, _quantiles) = (names, all.Accumulators, slot, count, sum, distribution, quantiles);
    }

    /// <summary>What stands in for the histograms past the limit on series: their values are counted, no more.</summary>
    internal Histogram(InstrumentSet all, Counter overflow)
        : base(all, overflow.Series.Key)
    {
        (_names, _accumulators, _slot, _count, _quantiles) = (new(overflow.Series.Key.Name), all.Accumulators, int.MaxValue, overflow.Series, []);
        _overflow = overflow;
    }

    /// <summary>Where the loop gathers an interval.</summary>
    internal QuantileSketch Interval { get; } = new();

    /// <summary>A copy of all that was recorded up to the engine's last collection.</summary>
    public QuantileSketch ToSketch()
    {
        var copy = new QuantileSketch();
        lock (_reading) copy.Merge(_total);
        return copy;
    }

    /// <summary>Takes one value in. NaN and infinities are refused and counted (<see cref="EngineCounters.RefusedIncrements"/>).</summary>
    public void Record(double value)
    {
        if (!double.IsFinite(value))
        {
            _accumulators.Refuse();
            return;
        }
        var accumulators = ThreadAccumulators.Current;
        if (accumulators is not null && accumulators.Owner == _accumulators)
        {
            var sketches = accumulators.Sketches;
            if ((uint)_slot < (uint)sketches.Length && sketches[_slot] is { } sketch)
            {
                sketch.Add(value);
                return;
            }
        }
        RecordElsewhere(value);
    }

    /// <summary>
    /// Takes in what an exponential histogram of OpenTelemetry counted since the last one (delta temporality). Quantiles of it are off by the errors of both
    /// (<see cref="QuantileSketch.FromExponential"/>). Takes a lock.
    /// </summary>
    /// <exception cref="ArgumentException">The histogram contradicts itself; the message says where.</exception>
    public void Record(ExponentialHistogram values) => RecordAll(QuantileSketch.FromExponential(values));

    /// <summary>
    /// Takes in what a histogram of explicit buckets counted since the last one (delta temporality). How far quantiles of it may be off depends on its buckets
    /// (<see cref="QuantileSketch.FromBuckets"/>). Takes a lock.
    /// </summary>
    /// <param name="bounds">Upper bounds of all buckets but the last, which has none; finite and rising.</param>
    /// <param name="counts">One more than bounds, each 0 or more.</param>
    /// <param name="sum">The sum of the values.</param>
    /// <exception cref="ArgumentException">The histogram contradicts itself; the message says where.</exception>
    public void Record(ReadOnlySpan<double> bounds, ReadOnlySpan<long> counts, double sum) => RecordAll(QuantileSketch.FromBuckets(bounds, counts, sum));

    /// <summary>Takes one value into the histogram that has these labels besides, in whatever order they are written.</summary>
    /// <exception cref="ArgumentException">A label breaks the rules of <see cref="SeriesKey"/>.</exception>
    /// <exception cref="InvalidOperationException">A series of the histogram is there with another kind.</exception>
    public void Record(double value, params ReadOnlySpan<Label> labels) => ((Histogram)WithLabels(labels)).Record(value);

    /// <summary>The histogram that has these labels besides; keep it where they are known beforehand.</summary>
    /// <exception cref="ArgumentException">A label breaks the rules of <see cref="SeriesKey"/>.</exception>
    /// <exception cref="InvalidOperationException">A series of the histogram is there with another kind.</exception>
    public Histogram With(params ReadOnlySpan<Label> labels) => (Histogram)WithLabels(labels);

    private protected override Instrument Resolve(ReadOnlySpan<Label> labels) => All.Histogram(_names, labels);

    internal override void Collect(in Collection collection)
    {
        lock (_sharing)
        {
            if (_shared is not null)
            {
                Interval.Merge(_shared);
                _shared.Clear();
            }
        }
        if (Interval.Count > 0)
        {
            if (_total.Count == 0)
            {
                collection.Take(_count, collection.Previous, 0);
                if (_sum is not null) collection.Take(_sum, collection.Previous, 0);
            }
            if (_distribution is not null) collection.Distribute(_distribution, Interval);
            for (var i = 0; i < _quantiles.Length; i++)
            {
                if (_quantiles[i] is { } series) collection.Take(series, collection.Time, Interval.Quantile(_names.Quantiles[i].Quantile));
            }
        }
        lock (_reading) _total.Merge(Interval);
        Interval.Clear();
        if (_total.Count == 0) return;
        collection.Take(_count, collection.Time, _total.Count);
        if (_sum is not null) collection.Take(_sum, collection.Time, _total.Sum);
    }

    /// <summary>The first value of a thread, and those of a histogram past the limit of sketches per thread.</summary>
    private void RecordElsewhere(double value)
    {
        if (_overflow is not null) _overflow.Add(1L);
        else if (_slot < AccumulatorSet.SketchesMax) _accumulators.OfThread.Sketch(_slot).Add(value);
        else lock (_sharing) (_shared ??= new()).Add(value);
    }

    private void RecordAll(QuantileSketch values)
    {
        if (_overflow is not null) _overflow.Add(values.Count);
        else lock (_sharing) (_shared ??= new()).Merge(values);
    }
}
