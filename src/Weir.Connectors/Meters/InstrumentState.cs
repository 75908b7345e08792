using System.Diagnostics.Metrics;
using System.Globalization;
using Weir.Engine;
using Weir.Engine.Series;

namespace Weir.Connectors.Meters;

/// <summary>How the measurements of an instrument become points.</summary>
internal enum InstrumentRole
{
    /// <summary>Increments, summed by a counter of the engine.</summary>
    Counter,

    /// <summary>Changes, summed by a gauge of the engine.</summary>
    UpDownCounter,

    /// <summary>Values that are sent as they come: gauges and observed totals.</summary>
    Value,

    /// <summary>Values whose distribution is kept by a histogram of the engine.</summary>
    Histogram,
}

/// <summary>
/// One instrument and its series by tags. A measurement with tags seen before costs a hash, a comparison and what the engine's instrument costs: no
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
    private TagSet? _untagged;
    private TagSet? _overflow;
    private int _count;

    public InstrumentState(TimeSeriesEngine engine, Instrument instrument)
    {
        _engine = engine;
        (_name, _meter) = (SeriesNames.CleanInstrument(instrument.Name), SeriesNames.CleanValue(instrument.Meter.Name));
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
            case InstrumentRole.Counter:
                set.Counter!.Add(value);
                break;
            case InstrumentRole.UpDownCounter:
                set.Level!.Add(value);
                break;
            case InstrumentRole.Histogram:
                set.Histogram!.Record(value);
                break;
            case InstrumentRole.Value when collectionTime != 0:
                _engine.Append(set.Series!, collectionTime, value);
                break;
            default:
                _engine.Append(set.Series!, value);
                break;
        }
    }

    private static (InstrumentRole Role, SeriesKind Kind) Classify(Instrument instrument)
    {
        var type = instrument.GetType();
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (definition == typeof(Counter<>)) return (InstrumentRole.Counter, SeriesKind.Counter);
        if (definition == typeof(UpDownCounter<>)) return (InstrumentRole.UpDownCounter, SeriesKind.Gauge);
        if (definition == typeof(Histogram<>)) return (InstrumentRole.Histogram, SeriesKind.Histogram);
        if (definition == typeof(ObservableCounter<>)) return (InstrumentRole.Value, SeriesKind.Counter);
        return (InstrumentRole.Value, SeriesKind.Gauge);
    }

    private TagSet Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // Most instruments have no tags, and hashing none costs as much as adding.
        if (tags.IsEmpty && Volatile.Read(ref _untagged) is { } untagged) return untagged;
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
            if (_count >= TagSetsMax) return _overflow ??= Open(0, [], null, [SeriesCatalog.OverflowLabel]);
            var created = Open(code, tags.ToArray(), bucket, Labels(tags));
            _count++;
            Volatile.Write(ref bucket, created);
            if (tags.IsEmpty) Volatile.Write(ref _untagged, created);
            return created;
        }
    }

    private TagSet Open(int hash, KeyValuePair<string, object?>[] tags, TagSet? next, Label[] labels) => Role switch
    {
        InstrumentRole.Counter => new TagSet(hash, tags, next) { Counter = _engine.Counter(_name, labels) },
        InstrumentRole.UpDownCounter => new TagSet(hash, tags, next) { Level = _engine.Gauge(_name, labels) },
        InstrumentRole.Histogram => new TagSet(hash, tags, next) { Histogram = _engine.Histogram(_name, labels) },
        _ => new TagSet(hash, tags, next) { Series = _engine.Resolve(new SeriesKey(_name, labels), _kind) },
    };

    private Label[] Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<Label>();
        foreach (var tag in tags)
        {
            var name = LabelName(tag.Key);
            if (labels.Count == LabelsMax || labels.Exists(label => label.Name == name)) continue;
            labels.Add(new Label(name, SeriesNames.CleanValue(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "")));
        }
        // A tag of that name says more than the meter's name would.
        if (labels.Count < LabelsMax && !labels.Exists(label => label.Name == "meter")) labels.Add(new Label("meter", _meter));
        return labels.ToArray();
    }

    /// <summary>A tag called as a histogram's own quantiles are told apart by gets another name.</summary>
    private string LabelName(string tag) =>
        SeriesNames.CleanLabel(tag) is var name && Role == InstrumentRole.Histogram && name == "quantile" ? "tag.quantile" : name;

    /// <summary>A histogram has one less, which its quantiles need.</summary>
    private int LabelsMax => Role == InstrumentRole.Histogram ? SeriesKey.LabelsMax - 1 : SeriesKey.LabelsMax;
}
