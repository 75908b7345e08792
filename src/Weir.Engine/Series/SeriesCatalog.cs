using System.Collections.Concurrent;

namespace Weir.Engine.Series;

/// <summary>
/// All series of an engine, interned: one <see cref="TimeSeries"/> a key, one kind a name. Lookups take no lock. Past the limit, new keys resolve to one
/// overflow series of their kind and are counted, so that a runaway label neither throws nor grows memory.
/// </summary>
public sealed class SeriesCatalog
{
    /// <summary>Label that marks the series which stands in for all that were over the limit.</summary>
    public static readonly Label OverflowLabel = new("weir.overflow", "true");

    private readonly ConcurrentDictionary<SeriesKey, TimeSeries> _byKey = new(SeriesKeyComparer.Instance);
    private readonly ConcurrentDictionary<SeriesKey, TimeSeries>.AlternateLookup<SeriesKeyParts> _byParts;
    private readonly ConcurrentDictionary<string, SeriesKind> _kinds = new();
    private readonly TimeSeries?[] _overflow = new TimeSeries?[Enum.GetValues<SeriesKind>().Length];
    private readonly Lock _creation = new();
    private readonly int _limit;
    private TimeSeries[] _byId = new TimeSeries[64];
    private int _count;
    private int _regular;
    private long _overflowed;

    internal SeriesCatalog(int limit)
    {
        _limit = limit;
        _byParts = _byKey.GetAlternateLookup<SeriesKeyParts>();
    }

    public int Count => Volatile.Read(ref _count);

    /// <summary>How many lookups were answered with an overflow series.</summary>
    public long Overflowed => Interlocked.Read(ref _overflowed);

    /// <summary>Rises whenever a series joins: readers that keep a selection refresh it when this moved.</summary>
    public int Version => Count;

    public TimeSeries this[int id] => Volatile.Read(ref _byId)[id];

    public IEnumerable<TimeSeries> All
    {
        get
        {
            var count = Count;
            for (var id = 0; id < count; id++) yield return this[id];
        }
    }

    public TimeSeries? Find(SeriesKey key) => _byKey.GetValueOrDefault(key);

    /// <summary>The same by the parts of a key, the labels in any order.</summary>
    internal TimeSeries? Find(string name, ReadOnlySpan<Label> labels) => _byParts.TryGetValue(new(name, labels), out var known) ? known : null;

    /// <summary>The series of this key, made when it is new.</summary>
    /// <exception cref="InvalidOperationException">The name is there with another kind.</exception>
    public TimeSeries Resolve(SeriesKey key, SeriesKind kind = SeriesKind.Gauge)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Expect(kind, _byKey.TryGetValue(key, out var known) ? known : Create(key, kind, kind));
    }

    /// <summary>The same by the parts of a key, the labels in any order: allocates only when the series is new.</summary>
    /// <exception cref="ArgumentException">The name or a label breaks the rules of <see cref="SeriesKey"/>.</exception>
    /// <exception cref="InvalidOperationException">The name is there with another kind.</exception>
    public TimeSeries Resolve(string name, ReadOnlySpan<Label> labels, SeriesKind kind) => Resolve(name, labels, kind, kind);

    /// <summary>The same for a series that is part of another: a quantile of a histogram is a gauge under the histogram's name.</summary>
    internal TimeSeries Resolve(string name, ReadOnlySpan<Label> labels, SeriesKind kind, SeriesKind kindOfName)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_byParts.TryGetValue(new(name, labels), out var known)) return Expect(kind, known);
        // Labels that run away are not even made into a key.
        if (Volatile.Read(ref _overflow[(int)kind]) is { } overflow)
        {
            RequireKind(name, kindOfName);
            Interlocked.Increment(ref _overflowed);
            return overflow;
        }
        return Expect(kind, Create(new SeriesKey(name, labels), kind, kindOfName));
    }

    /// <summary>Whether a series stands in for those over the limit.</summary>
    internal bool IsOverflow(TimeSeries series) => Volatile.Read(ref _overflow[(int)series.Kind]) == series;

    /// <exception cref="InvalidOperationException">The name is there with another kind.</exception>
    internal void RequireKind(string name, SeriesKind kind)
    {
        if (_kinds.TryGetValue(name, out var known) && known != kind) throw Conflict(name, known, kind);
    }

    private static TimeSeries Expect(SeriesKind kind, TimeSeries series) => series.Kind == kind ? series : throw Conflict(series.Key.ToString(), series.Kind, kind);

    private static InvalidOperationException Conflict(string series, SeriesKind known, SeriesKind wanted) =>
        new($"Series '{series}' is a {known.ToString().ToLowerInvariant()} and cannot also be a {wanted.ToString().ToLowerInvariant()}. Use another name.");

    private TimeSeries Create(SeriesKey key, SeriesKind kind, SeriesKind kindOfName)
    {
        lock (_creation)
        {
            if (_byKey.TryGetValue(key, out var known)) return known;
            RequireKind(key.Name, kindOfName);
            var isOverflow = _regular >= _limit;
            if (isOverflow)
            {
                Interlocked.Increment(ref _overflowed);
                // One a limit, not one a name: names can run away as well.
                key = new SeriesKey("weir.overflow." + kind.ToString().ToLowerInvariant(), OverflowLabel);
                if (_byKey.TryGetValue(key, out known))
                {
                    if (known.Kind == kind) Volatile.Write(ref _overflow[(int)kind], known);
                    return known;
                }
            }
            else
            {
                _regular++;
                _kinds[key.Name] = kindOfName;
            }
            var series = new TimeSeries(_count, key, kind);
            if (_count == _byId.Length)
            {
                var grown = new TimeSeries[_count * 2];
                _byId.CopyTo(grown, 0);
                Volatile.Write(ref _byId, grown);
            }
            _byId[_count] = series;
            _byKey[key] = series;
            Volatile.Write(ref _count, _count + 1);
            if (isOverflow) Volatile.Write(ref _overflow[(int)kind], series);
            return series;
        }
    }
}
