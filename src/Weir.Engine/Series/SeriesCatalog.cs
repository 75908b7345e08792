using System.Collections.Concurrent;

namespace Weir.Engine.Series;

/// <summary>
/// All series of an engine, interned: one <see cref="TimeSeries"/> a key, one kind a name. Lookups take no lock. Past the limit, new keys resolve to one
/// overflow series of their kind and are counted, so that a runaway label neither throws nor grows memory. The engine lets series that were silent for long leave before that.
/// </summary>
public sealed class SeriesCatalog
{
    /// <summary>Label that marks the series which stands in for all that were over the limit.</summary>
    public static readonly Label OverflowLabel = new("weir.overflow", "true");

    private readonly ConcurrentDictionary<SeriesKey, TimeSeries> _byKey = new(SeriesKeyComparer.Instance);
    private readonly ConcurrentDictionary<SeriesKey, TimeSeries>.AlternateLookup<SeriesKeyParts> _byParts;
    private readonly ConcurrentDictionary<string, Name> _names = new();
    private readonly TimeSeries?[] _overflow = new TimeSeries?[Enum.GetValues<SeriesKind>().Length];
    private readonly Lock _creation = new();
    private readonly int _limit;
    private readonly SeriesTable _byId = new();
    private int _count;
    private int _regular;
    private long _version;
    private long _overflowed;
    private long _left;

    internal SeriesCatalog(int limit)
    {
        _limit = limit;
        _byParts = _byKey.GetAlternateLookup<SeriesKeyParts>();
    }

    public int Count => Volatile.Read(ref _count);

    /// <summary>How many lookups were answered with an overflow series.</summary>
    public long Overflowed => Interlocked.Read(ref _overflowed);

    /// <summary>How many series have left to make room for others.</summary>
    public long Left => Interlocked.Read(ref _left);

    /// <summary>Rises whenever a series joins or leaves: readers that keep a selection refresh it when this moved.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>One past the number of the series that joined last.</summary>
    public int End => _byId.End;

    /// <summary>Oldest first.</summary>
    public IEnumerable<TimeSeries> All => Joined(0, End);

    /// <summary>Series over the number from which silent ones are to leave, so that a new one finds room at once.</summary>
    internal int OverReserve => Volatile.Read(ref _regular) - (_limit - Math.Max(1, _limit / 16));

    /// <summary>The series of a number that was given; null when it left a while ago.</summary>
    internal TimeSeries? this[int id] => _byId[id];

    /// <summary>The series that are there of those with numbers from one to another, exclusive; oldest first.</summary>
    public IEnumerable<TimeSeries> Joined(int from, int to) => _byId.Range(from, to).Where(series => !series.HasLeft);

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
        if (Volatile.Read(ref _regular) >= _limit && Volatile.Read(ref _overflow[(int)kind]) is { } overflow)
        {
            RequireKind(name, kindOfName);
            Interlocked.Increment(ref _overflowed);
            return overflow;
        }
        return Expect(kind, Create(new SeriesKey(name, labels), kind, kindOfName));
    }

    /// <summary>Takes a series out. Its number still leads to it, for points on their way, until it is forgotten.</summary>
    internal void Remove(TimeSeries series)
    {
        lock (_creation)
        {
            series.HasLeft = true;
            _byKey.TryRemove(series.Key, out _);
            if (_names.TryGetValue(series.Key.Name, out var name) && --name.Count == 0) _names.TryRemove(series.Key.Name, out _);
            Volatile.Write(ref _regular, _regular - 1);
            Volatile.Write(ref _count, _count - 1);
            Volatile.Write(ref _left, _left + 1);
            Volatile.Write(ref _version, _version + 1);
        }
    }

    /// <summary>The number of a series that left leads nowhere from now on.</summary>
    internal void Forget(int id)
    {
        lock (_creation) _byId.Remove(id);
    }

    /// <summary>The series for one that left and that somebody still holds: itself under a new number, or the one that has its key now.</summary>
    /// <exception cref="InvalidOperationException">The name is there with another kind by now.</exception>
    internal TimeSeries Rejoin(TimeSeries series)
    {
        lock (_creation)
        {
            if (!series.HasLeft) return series;
            var now = Expect(series.Kind, Create(series.Key, series.Kind, series.KindOfName, series));
            now.MaxPoints ??= series.MaxPoints;
            return now;
        }
    }

    /// <exception cref="InvalidOperationException">The name is there with another kind.</exception>
    internal void RequireKind(string name, SeriesKind kind)
    {
        if (_names.TryGetValue(name, out var known) && known.Kind != kind) throw Conflict(name, known.Kind, kind);
    }

    private static TimeSeries Expect(SeriesKind kind, TimeSeries series) => series.Kind == kind ? series : throw Conflict(series.Key.ToString(), series.Kind, kind);

    private static InvalidOperationException Conflict(string series, SeriesKind known, SeriesKind wanted) =>
        new($"Series '{series}' is a {known.ToString().ToLowerInvariant()} and cannot also be a {wanted.ToString().ToLowerInvariant()}. Use another name.");

    /// <param name="key">Name and labels.</param>
    /// <param name="kind">The series'.</param>
    /// <param name="kindOfName">The kind of what it is a part of.</param>
    /// <param name="returning">The series itself, when it was there before.</param>
    private TimeSeries Create(SeriesKey key, SeriesKind kind, SeriesKind kindOfName, TimeSeries? returning = null)
    {
        lock (_creation)
        {
            if (_byKey.TryGetValue(key, out var known)) return known;
            RequireKind(key.Name, kindOfName);
            if (_regular >= _limit || _byId.End == int.MaxValue) return Overflow(kind);
            Volatile.Write(ref _regular, _regular + 1);
            _names.GetOrAdd(key.Name, static (_, kind) => new Name(kind), kindOfName).Count++;
            returning?.Rejoin(_byId.End);
            return Add(returning ?? new TimeSeries(_byId.End, key, kind, kindOfName));
        }
    }

    private TimeSeries Overflow(SeriesKind kind)
    {
        Interlocked.Increment(ref _overflowed);
        if (_overflow[(int)kind] is { } known) return known;
        // One a limit, not one a name: names can run away as well. An application may have given the name to a series of its own.
        var key = new SeriesKey("weir.overflow." + kind.ToString().ToLowerInvariant(), OverflowLabel);
        var overflow = _byKey.TryGetValue(key, out var own) ? own : Add(new TimeSeries(_byId.End, key, kind));
        if (overflow.Kind != kind) return overflow;
        overflow.IsOverflow = true;
        Volatile.Write(ref _overflow[(int)kind], overflow);
        return overflow;
    }

    private TimeSeries Add(TimeSeries series)
    {
        _byId.Add(series);
        _byKey[series.Key] = series;
        Volatile.Write(ref _count, _count + 1);
        Volatile.Write(ref _version, _version + 1);
        return series;
    }

    /// <summary>What the series of one name have in common.</summary>
    private sealed class Name(SeriesKind kind)
    {
        public SeriesKind Kind => kind;

        /// <summary>Series of the name that are there.</summary>
        public int Count { get; set; }
    }
}
