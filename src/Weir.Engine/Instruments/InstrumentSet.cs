using Weir.Engine.Series;
using Weir.Engine.Sketches;

namespace Weir.Engine.Instruments;

/// <summary>
/// All handles of an engine: one for each series. Past the catalog's limit on series, new labels get the handle of its overflow series, so that
/// what was counted is still counted, all in one place.
/// </summary>
internal sealed class InstrumentSet(SeriesCatalog catalog, AccumulatorSet accumulators)
{
    private readonly Lock _creation = new();
    private readonly List<Histogram> _histograms = [];
    private Instrument[] _all = new Instrument[16];
    private QuantileSketch[] _intervals = [];
    private Accumulator[] _sums = [];
    private Histogram? _overflowHistogram;
    private int _count;
    private int _counters;
    private int _number;

    public AccumulatorSet Accumulators => accumulators;

    public int NextNumber() => Interlocked.Increment(ref _number);

    public Counter Counter(string name, ReadOnlySpan<Label> labels)
    {
        var series = catalog.Resolve(name, labels, SeriesKind.Counter);
        if (Find(series) is { } known) return Expect<Counter>(known, series);
        lock (_creation) return Expect<Counter>(Find(series) ?? Add(series, new Counter(this, series, _counters++)), series);
    }

    public Gauge Gauge(string name, ReadOnlySpan<Label> labels)
    {
        var series = catalog.Resolve(name, labels, SeriesKind.Gauge);
        if (Find(series) is { } known) return Expect<Gauge>(known, series);
        lock (_creation) return Expect<Gauge>(Find(series) ?? Add(series, new Gauge(this, series)), series);
    }

    /// <summary>A histogram is known by the series of its count.</summary>
    public Histogram Histogram(HistogramNames names, ReadOnlySpan<Label> labels)
    {
        // All before the first is made, so that a refused histogram leaves nothing behind.
        catalog.RequireKind(names.Name, SeriesKind.Histogram);
        catalog.RequireKind(names.Sum, SeriesKind.Counter);
        RequireRoomForQuantile(names.Name, labels);
        if (catalog.Find(names.Sum, labels) is { } taken && Find(taken) is { } holder) Expect<Histogram>(holder, taken);
        var count = catalog.Resolve(names.Count, labels, SeriesKind.Counter);
        if (count.IsOverflow) return OverflowHistogram(count);
        if (Find(count) is { } known) return Expect<Histogram>(known, count);
        var sum = catalog.Resolve(names.Sum, labels, SeriesKind.Counter);
        var distribution = catalog.Resolve(names.Name, labels, SeriesKind.Histogram);
        var quantiles = new TimeSeries?[names.Quantiles.Length];
        for (var i = 0; i < quantiles.Length; i++)
        {
            var series = catalog.Resolve(names.Name, [.. labels, names.Quantiles[i].Label], SeriesKind.Gauge, SeriesKind.Histogram);
            quantiles[i] = series.IsOverflow ? null : series;
        }
        lock (_creation)
        {
            if (Find(count) is { } meanwhile) return Expect<Histogram>(meanwhile, count);
            if (Find(sum) is { } other && !sum.IsOverflow) Expect<Histogram>(other, sum);
            var histogram = new Histogram(this, names, _histograms.Count, count, sum.IsOverflow ? null : sum, distribution.IsOverflow ? null : distribution, quantiles);
            _histograms.Add(histogram);
            Add(count, histogram);
            // So that nothing else records into them.
            foreach (var series in (ReadOnlySpan<TimeSeries?>)[sum, distribution, .. quantiles])
            {
                if (series is not null && !series.IsOverflow) Claim(series, histogram);
            }
            return histogram;
        }
    }

    /// <summary>Takes the interval that ends now into the series. Only the engine's loop may call this.</summary>
    public void Collect(long previous, long time, Action<TimeSeries, long, double> take, Action<TimeSeries, long, QuantileSketch>? distribute)
    {
        lock (_creation)
        {
            if (_sums.Length < Math.Min(_counters, AccumulatorSet.SumsMax)) _sums = new Accumulator[Math.Min(_counters * 2, AccumulatorSet.SumsMax)];
            if (_intervals.Length < Math.Min(_histograms.Count, AccumulatorSet.SketchesMax))
            {
                _intervals = [.. _histograms.Take(AccumulatorSet.SketchesMax).Select(histogram => histogram.Interval)];
            }
        }
        accumulators.ReadSums(_sums);
        if (_intervals.Length > 0) accumulators.TakeSketches(_intervals);
        var collection = new Collection(previous, time, _sums, take, distribute);
        var count = Volatile.Read(ref _count);
        var all = Volatile.Read(ref _all);
        for (var i = 0; i < count; i++) all[i].Collect(collection);
    }

    /// <summary>One for the engine: past the limit a histogram only counts its values, into the overflow series.</summary>
    private Histogram OverflowHistogram(TimeSeries count)
    {
        if (Volatile.Read(ref _overflowHistogram) is { } known) return known;
        var counter = Counter(count.Key.Name, count.Key.Labels);
        lock (_creation) return _overflowHistogram ??= new Histogram(this, counter);
    }

    private static void RequireRoomForQuantile(string name, ReadOnlySpan<Label> labels)
    {
        if (labels.Length >= SeriesKey.LabelsMax)
        {
            throw new ArgumentException($"Histogram '{name}' has {labels.Length} labels; at most {SeriesKey.LabelsMax - 1} are allowed, since its quantiles have one more.", nameof(labels));
        }
        const string quantile = HistogramNames.QuantileLabel;
        foreach (ref readonly var label in labels)
        {
            if (label.Name == quantile) throw new ArgumentException($"Histogram '{name}' has label '{quantile}', by which its own quantiles are told apart. Use another name.", nameof(labels));
        }
    }

    private static Instrument? Find(TimeSeries series) => (Instrument?)Volatile.Read(ref series.Instrument);

    private Instrument Add(TimeSeries series, Instrument instrument)
    {
        Claim(series, instrument);
        // The array before the count: the loop reads them the other way round.
        if (_count == _all.Length) Volatile.Write(ref _all, Grown(_all, _count + 1));
        _all[_count] = instrument;
        Volatile.Write(ref _count, _count + 1);
        return instrument;
    }

    private static void Claim(TimeSeries series, Instrument instrument) => Volatile.Write(ref series.Instrument, instrument);

    private static T[] Grown<T>(T[] array, int atLeast)
    {
        var grown = new T[Math.Max(atLeast, array.Length * 2)];
        array.CopyTo(grown, 0);
        return grown;
    }

    private static T Expect<T>(Instrument instrument, TimeSeries series)
        where T : Instrument => instrument as T ?? throw new InvalidOperationException(
            $"Series '{series.Key}' is recorded by a {Noun(instrument.GetType())} and cannot also be recorded by a {Noun(typeof(T))}. Use another name.");

    private static string Noun(Type type) => type.Name.ToLowerInvariant();
}
