using System.Diagnostics.Metrics;
using System.Globalization;
using Weir.Engine;
using Weir.Engine.Series;

namespace Weir.Connectors.Meters;

/// <summary>How the measurements of an instrument become points.</summary>
internal enum InstrumentRole
{
    /// <summary>Increments, summed here; the running total is sent at each collection.</summary>
    Sum,

    /// <summary>Values that are sent as they come: gauges and observed totals.</summary>
    Value,

    /// <summary>Number and sum of values, sent at each collection.</summary>
    Histogram,
}

/// <summary>
/// One instrument and its series by tags. A measurement with tags seen before costs a hash, a comparison and an addition: no lock, no
/// allocation.
/// </summary>
internal sealed class InstrumentState
{
    // Tags that run away must not fill memory here before the engine's own limit is reached.
    private const int TagSetsMax = 10_000;
    private const int BucketCount = 256;

    private readonly TimeSeriesEngine _engine;
    private readonly string _name;
    private readonly string _meter;
    private readonly SeriesKind _kind;
    private readonly TagSet?[] _buckets = new TagSet?[BucketCount];
    private readonly Lock _creation = new();
    private TagSet? _overflow;
    private TagSet? _all;
    private int _count;

    public InstrumentState(TimeSeriesEngine engine, Instrument instrument)
    {
        _engine = engine;
        (_name, _meter) = (SeriesNames.Clean(instrument.Name), SeriesNames.CleanValue(instrument.Meter.Name));
        (Role, _kind) = Classify(instrument);
        Description = new ObservedInstrument(_name, _meter, Units.FromUcum(instrument.Unit), _kind, instrument.Description);
    }

    public InstrumentRole Role { get; }

    public ObservedInstrument Description { get; }

    /// <summary>Another series of its name is of another kind, so that its measurements have nowhere to go.</summary>
    public bool IsRefused { get; set; }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, long collectionTime)
    {
        var set = Find(tags);
        switch (Role)
        {
            case InstrumentRole.Value when collectionTime != 0:
                _engine.Append(set.Series, collectionTime, value);
                break;
            case InstrumentRole.Value:
                _engine.Append(set.Series, value);
                break;
            default:
                set.Add(value);
                break;
        }
    }

    /// <summary>Sends the running totals.</summary>
    public void Collect(long time)
    {
        if (Role == InstrumentRole.Value) return;
        for (var set = Volatile.Read(ref _all); set is not null; set = set.NextOfAll)
        {
            var (count, sum) = set.Read();
            _engine.Append(set.Series, time, sum);
            if (set.CountSeries is { } countSeries) _engine.Append(countSeries, time, count);
        }
    }

    private static (InstrumentRole Role, SeriesKind Kind) Classify(Instrument instrument)
    {
        var type = instrument.GetType();
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (definition == typeof(Counter<>)) return (InstrumentRole.Sum, SeriesKind.Counter);
        if (definition == typeof(UpDownCounter<>)) return (InstrumentRole.Sum, SeriesKind.Gauge);
        if (definition == typeof(Histogram<>)) return (InstrumentRole.Histogram, SeriesKind.Counter);
        if (definition == typeof(ObservableCounter<>)) return (InstrumentRole.Value, SeriesKind.Counter);
        return (InstrumentRole.Value, SeriesKind.Gauge);
    }

    private TagSet Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = new HashCode();
        foreach (var tag in tags)
        {
            hash.Add(tag.Key);
            hash.Add(tag.Value);
        }
        var code = hash.ToHashCode();
        for (var set = Volatile.Read(ref _buckets[code & (BucketCount - 1)]); set is not null; set = set.Next)
        {
            if (set.Hash == code && set.Matches(tags)) return set;
        }
        return Create(code, tags);
    }

    private TagSet Create(int code, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_creation)
        {
            ref var bucket = ref _buckets[code & (BucketCount - 1)];
            for (var set = bucket; set is not null; set = set.Next)
            {
                if (set.Hash == code && set.Matches(tags)) return set;
            }
            if (_count >= TagSetsMax) return _overflow ??= Enter(new TagSet(0, [], null), [SeriesCatalog.OverflowLabel]);
            _count++;
            var created = Enter(new TagSet(code, tags.ToArray(), bucket), Labels(tags));
            Volatile.Write(ref bucket, created);
            return created;
        }
    }

    private TagSet Enter(TagSet set, Label[] labels)
    {
        if (Role == InstrumentRole.Histogram)
        {
            set.Series = _engine.Resolve(new SeriesKey(Suffixed(".sum"), labels), _kind);
            set.CountSeries = _engine.Resolve(new SeriesKey(Suffixed(".count"), labels), _kind);
        }
        else
        {
            set.Series = _engine.Resolve(new SeriesKey(_name, labels), _kind);
        }
        set.NextOfAll = _all;
        Volatile.Write(ref _all, set);
        return set;
    }

    private string Suffixed(string suffix) => _name[..Math.Min(_name.Length, SeriesKey.NameLengthMax - suffix.Length)] + suffix;

    private Label[] Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<Label>();
        foreach (var tag in tags)
        {
            var name = SeriesNames.CleanLabel(tag.Key);
            if (labels.Count == SeriesKey.LabelsMax || labels.Exists(label => label.Name == name)) continue;
            labels.Add(new Label(name, SeriesNames.CleanValue(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "")));
        }
        // A tag of that name says more than the meter's name would.
        if (labels.Count < SeriesKey.LabelsMax && !labels.Exists(label => label.Name == "meter")) labels.Add(new Label("meter", _meter));
        return labels.ToArray();
    }
}
