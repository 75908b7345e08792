using System.Collections.Concurrent;
using Weir.Engine.Ingest;
using Weir.Engine.Recording;
using Weir.Engine.Rollups;
using Weir.Engine.Series;
using Weir.Engine.Sketches;
using Weir.Engine.Tables;
using Weir.Engine.Time;
using Weir.Engine.Windows;

namespace Weir.Engine;

/// <summary>
/// Takes points from any thread, keeps them in series and publishes what it has, round by round. Senders write to a lane of their own
/// and return; one loop drains the lanes, orders, appends and publishes. Readers read snapshots. Nobody waits for anybody.
/// </summary>
/// <remarks>
/// <see cref="Start"/> runs the loop on a thread of its own. Without it, <see cref="RunRound"/> does one round when it is called: that is
/// how tests and simulations move the engine by hand.
/// </remarks>
public sealed class TimeSeriesEngine : IDisposable
{
    private readonly LaneSet _lanes;
    private readonly Recorders _recorders;
    private readonly EngineLoop _loop;
    private readonly Lock _roundGate = new();
    private readonly Arrival[] _arrivals = new Arrival[8192];
    private readonly List<TimeSeries> _changed = [];
    private readonly EvictionQueue _evictable = new();
    private readonly Dictionary<TimeSeries, List<WindowedSeries>> _windows = [];
    private readonly Action<TimeSeries, long, double> _takeRecorded;
    private readonly Action<TimeSeries, long, QuantileSketch>? _distribute;
    private readonly ConcurrentDictionary<TimeSeries, WindowedSeries> _windowOf = new();
    private long _watermark;
    private long _intervalEnd;
    private long _recordedTo;

    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    public TimeSeriesEngine(EngineOptions? options = null, TimeProvider? time = null)
    {
        Options = options ?? new EngineOptions();
        Options.Validate();
        Time = time ?? TimeProvider.System;
        Catalog = new SeriesCatalog(Options.SeriesMax);
        Tables = new TableCatalog(Time);
        Rollups = Options.Rollups is { } rollups ? new RollupStore(rollups) : null;
        _lanes = new LaneSet(this);
        _recorders = new Recorders(Catalog, new CellSet());
        _takeRecorded = TakeRecorded;
        _distribute = Rollups is null ? null : Rollups.Append;
        _recordedTo = _intervalEnd = Tumbling.StartOf(UnixTime.Now(Time), Options.RecordingInterval.Nanoseconds);
        _loop = new EngineLoop(this);
    }

    public EngineOptions Options { get; }

    public TimeProvider Time { get; }

    public SeriesCatalog Catalog { get; }

    /// <summary>Rows and log lines, which stand beside the series.</summary>
    public TableCatalog Tables { get; }

    /// <summary>Minutes, hours and days of every series, which outlive its points; null where <see cref="EngineOptions.Rollups"/> is.</summary>
    public RollupStore? Rollups { get; }

    public EngineCounters Counters { get; } = new();

    /// <summary>Points that could not be taken because a lane was full and the policy drops the newest.</summary>
    public long DroppedNewest => _lanes.DroppedNewest;

    /// <summary>Points sent that the loop has not yet taken in.</summary>
    public long Waiting
    {
        get
        {
            var sum = 0L;
            foreach (var lane in _lanes.All) sum += lane.Waiting;
            return sum;
        }
    }

    /// <summary>Number of the last published round: snapshots hold all that the engine took in up to it.</summary>
    public long Watermark => Volatile.Read(ref _watermark);

    /// <summary>
    /// Raised on the engine's loop after a round that changed something. Handlers only take note; they pull snapshots later. What a handler throws
    /// is counted (<see cref="EngineCounters.HandlerFailures"/>) and keeps neither the other handlers nor the loop from going on.
    /// </summary>
    public event Action? Published;

    /// <summary>Raised once, on the engine's loop, with what a handler of <see cref="Published"/> threw first.</summary>
    public event Action<Exception>? HandlerFailed;

    /// <summary>The series of this key, made when it is new. Keep it: sending through it costs no lookup.</summary>
    /// <exception cref="InvalidOperationException">The key is there with another kind.</exception>
    public TimeSeries Resolve(SeriesKey key, SeriesKind kind = SeriesKind.Gauge) => Catalog.Resolve(key, kind);

    /// <summary>The handle that counts up the series of this name and labels. Keep it.</summary>
    /// <exception cref="ArgumentException">The name or a label breaks the rules of <see cref="SeriesKey"/>.</exception>
    /// <exception cref="InvalidOperationException">The series is there with another kind.</exception>
    public Counter Counter(string name, params ReadOnlySpan<Label> labels) => _recorders.Counter(name, labels);

    /// <summary>The handle that sets the level of the series of this name and labels. Keep it.</summary>
    /// <exception cref="ArgumentException">The name or a label breaks the rules of <see cref="SeriesKey"/>.</exception>
    /// <exception cref="InvalidOperationException">The series is there with another kind.</exception>
    public Gauge Gauge(string name, params ReadOnlySpan<Label> labels) => _recorders.Gauge(name, labels);

    /// <summary>The handle that records the distribution of this name and labels. Keep it.</summary>
    /// <exception cref="ArgumentException">The name or a label breaks the rules of <see cref="SeriesKey"/>, or the name leaves no room for <c>.count</c>.</exception>
    /// <exception cref="InvalidOperationException">A series of the histogram is there with another kind.</exception>
    public Histogram Histogram(string name, params ReadOnlySpan<Label> labels) => _recorders.Histogram(new HistogramNames(name), labels);

    /// <summary>A time of now for a point of the calling thread, different from all others it gave (Unix nanoseconds).</summary>
    public long NextTime() => _lanes.OfThread.NextTime();

    /// <summary>Sends one value with the time of now.</summary>
    public void Append(TimeSeries series, double value)
    {
        var lane = _lanes.OfThread;
        lane.Write(series.Id, lane.NextTime(), value, Options.Loss);
    }

    /// <summary>Sends one value with its own time (Unix nanoseconds).</summary>
    /// <remarks>
    /// A point replaces an earlier one of the same series and nanosecond. Earlier is: an earlier round; in one round, an earlier call of the same
    /// thread; between threads, that of the thread which first sent to this engine. Threads that send one time to one series and must have
    /// the last word need to agree among themselves.
    /// </remarks>
    public void Append(TimeSeries series, long time, double value) => _lanes.OfThread.Write(series.Id, time, value, Options.Loss);

    /// <summary>Sends many values with the time of now, in order.</summary>
    public void Append(TimeSeries series, ReadOnlySpan<double> values)
    {
        var lane = _lanes.OfThread;
        foreach (var value in values) lane.Write(series.Id, lane.NextTime(), value, Options.Loss);
    }

    /// <summary>Sends a block of points. Returns how many were taken; fewer than given only where the policy refuses what does not fit.</summary>
    /// <param name="series">A series of this engine.</param>
    /// <param name="times">Unix nanoseconds, in any order.</param>
    /// <param name="values">As many as times; NaN is a gap.</param>
    /// <param name="loss">What happens when the lane is full; the engine's policy when null.</param>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    public int Append(TimeSeries series, ReadOnlySpan<long> times, ReadOnlySpan<double> values, LossPolicy? loss = null)
    {
        if (times.Length != values.Length)
        {
            throw new ArgumentException($"{times.Length} times and {values.Length} values were given; there must be as many of one as of the other.", nameof(values));
        }
        return _lanes.OfThread.Write(series.Id, times, values, loss ?? Options.Loss);
    }

    /// <summary>
    /// The series that holds an aggregation of <paramref name="source"/> over tumbling windows: one point a window, at its start, corrected while
    /// the window is open and when late points come. What the source already has is in it after the next round.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is no duration or the aggregation none of those defined.</exception>
    public TimeSeries Window(TimeSeries source, Duration length, Aggregation aggregation) => Window(source, WindowSpec.Tumbling(length, aggregation));

    /// <summary>The same over any windows: tumbling, hopping or sliding; where their points stand is told at <see cref="WindowSpec"/>.</summary>
    public TimeSeries Window(TimeSeries source, WindowSpec spec)
    {
        lock (_roundGate)
        {
            if (!_windows.TryGetValue(source, out var windows)) _windows.Add(source, windows = []);
            if (windows.Find(window => window.Spec == spec) is { } known) return known.Output;
            var output = Resolve(new SeriesKey($"{source.Key.Name}:{spec}", source.Key.Labels));
            var added = new WindowedSeries(source, output, spec);
            windows.Add(added);
            _windowOf[output] = added;
            if (!source.IsInRound) Enter(source);
            return output;
        }
    }

    /// <summary>
    /// Points of a series before this time (Unix nanoseconds) are final: nothing that the engine still takes changes them. The points of windows
    /// from there on are provisional; a window is final when the newest point of its source lies past its end by the lateness.
    /// </summary>
    public long FinalBefore(TimeSeries series)
    {
        if (_windowOf.TryGetValue(series, out var window)) return window.FinalBefore;
        var (last, lateness) = (series.Snapshot.LastTime, Options.Lateness.Nanoseconds);
        return last > long.MinValue + lateness ? last - lateness : long.MinValue;
    }

    /// <summary>Starts the loop, if it is not running. It may be stopped and started again; what was sent meanwhile waits.</summary>
    public void Start() => _loop.Start();

    /// <summary>Stops the loop and takes in all that waited and all that was recorded; what comes meanwhile may wait on.</summary>
    public void Stop()
    {
        _loop.Stop();
        lock (_roundGate) Record(Math.Max(UnixTime.Now(Time), _recordedTo));
        // Two rounds take more than any lane holds. A bound, since senders may never pause.
        for (var round = 0; round < 2 && RunRound() > 0; round++)
        {
        }
    }

    public void Dispose()
    {
        Stop();
        _loop.Dispose();
    }

    internal void Wake() => _loop.Wake();

    internal int EvictionTurns => _evictable.Count;

    /// <summary>
    /// One round: drains the lanes, orders, appends, publishes, evicts. Returns how many points it took. Lanes are taken in turn, a bounded
    /// piece of each, so that one fast sender holds nobody up.
    /// </summary>
    public int RunRound()
    {
        lock (_roundGate)
        {
            var taken = Drain();
            RecordInterval();
            foreach (var series in _changed) EndRound(series, Options.Lateness.Nanoseconds);
            // Before the windows, whose outputs join the list and need no rollups, and before points go that a rollup has yet to see.
            Rollups?.Run(_changed);
            Rollups?.Settle(UnixTime.Now(Time));
            if (_changed.Count == 0) return taken;
            if (_windows.Count > 0) RunWindows();
            foreach (var series in _changed)
            {
                EvictOverLimit(series);
                series.IsInRound = false;
            }
            _changed.Clear();
            EvictOverBudget();
            Volatile.Write(ref Counters.RoundCount, Counters.RoundCount + 1);
            Volatile.Write(ref _watermark, _watermark + 1);
            Publish();
            return taken;
        }
    }

    private void Publish()
    {
        foreach (var handler in Delegate.EnumerateInvocationList(Published))
        {
            try
            {
                handler();
            }
            catch (Exception e)
            {
                Volatile.Write(ref Counters.HandlerFailuresCount, Counters.HandlerFailuresCount + 1);
                if (Counters.HandlerFailuresCount == 1) ReportFailure(e);
            }
        }
    }

    private void ReportFailure(Exception failure)
    {
        try
        {
            HandlerFailed?.Invoke(failure);
        }
        catch (Exception)
        {
            Volatile.Write(ref Counters.HandlerFailuresCount, Counters.HandlerFailuresCount + 1);
        }
    }

    /// <summary>
    /// Takes in what was recorded, when an interval has ended: at a whole multiple of it, so that all recorded points have the same times at one
    /// distance, which take no memory and meet in every column.
    /// </summary>
    private void RecordInterval()
    {
        var interval = Options.RecordingInterval.Nanoseconds;
        var end = Tumbling.StartOf(UnixTime.Now(Time), interval);
        if (end == _intervalEnd) return;
        _intervalEnd = end;
        // A running total must not be seen to fall: when the clock was set back, time goes on from where it was.
        Record(end > _recordedTo ? end : _recordedTo + interval);
    }

    private void Record(long time)
    {
        _recorders.Collect(time - Options.RecordingInterval.Nanoseconds, time, _takeRecorded, _distribute);
        _recordedTo = time;
        Volatile.Write(ref Counters.RefusedIncrementsCount, _recorders.Cells.Refused);
    }

    private void TakeRecorded(TimeSeries series, long time, double value)
    {
        if (!series.IsInRound) Enter(series);
        series.Take(time, value);
        Volatile.Write(ref Counters.AppendedCount, Counters.AppendedCount + 1);
    }

    private int Drain()
    {
        // Eight pieces of 8,192 a lane and round: half a million points a round at eight lanes, a few milliseconds.
        const int piecesMax = 8;
        var now = UnixTime.Now(Time);
        var ahead = now < long.MaxValue - Options.Ahead.Nanoseconds ? now + Options.Ahead.Nanoseconds : long.MaxValue;
        var (taken, lost) = (0, 0L);
        foreach (var lane in _lanes.All)
        {
            for (var piece = 0; piece < piecesMax; piece++)
            {
                var arrivals = lane.Read(_arrivals, ref lost);
                if (arrivals.Length == 0) break;
                Take(arrivals, ahead);
                taken += arrivals.Length;
            }
        }
        if (lost > 0) Volatile.Write(ref Counters.LostCount, Counters.LostCount + lost);
        _lanes.RemoveEnded();
        return taken;
    }

    private void Take(ReadOnlySpan<Arrival> arrivals, long ahead)
    {
        var refused = 0;
        foreach (ref readonly var arrival in arrivals)
        {
            if (arrival.Time > ahead)
            {
                refused++;
                continue;
            }
            var series = Catalog[arrival.Series];
            if (!series.IsInRound) Enter(series);
            series.Take(arrival.Time, arrival.Value);
        }
        Volatile.Write(ref Counters.AppendedCount, Counters.AppendedCount + arrivals.Length - refused);
        if (refused > 0) Volatile.Write(ref Counters.RefusedAheadCount, Counters.RefusedAheadCount + refused);
    }

    private void Enter(TimeSeries series)
    {
        series.IsInRound = true;
        _changed.Add(series);
        series.SealedBefore = series.SealedCount;
    }

    private void EndRound(TimeSeries series, long lateness)
    {
        var refused = series.EndRound(lateness);
        if (refused > 0)
        {
            Volatile.Write(ref Counters.RefusedLateCount, Counters.RefusedLateCount + refused);
            Volatile.Write(ref Counters.AppendedCount, Counters.AppendedCount - refused);
        }
        for (; series.SealedBefore < series.SealedCount; series.SealedBefore++) _evictable.Add(series);
        CountBytes(series);
    }

    private void CountBytes(TimeSeries series)
    {
        Volatile.Write(ref Counters.BytesCount, Counters.BytesCount + series.Bytes - series.BytesCounted);
        series.BytesCounted = series.Bytes;
    }

    private void RunWindows()
    {
        // Outputs join the list as they change, so windows over windows work in the same round.
        for (var i = 0; i < _changed.Count; i++)
        {
            if (!_windows.TryGetValue(_changed[i], out var windows)) continue;
            foreach (var window in windows)
            {
                if (!window.Output.IsInRound) Enter(window.Output);
                window.Run(FinalBefore(_changed[i]));
                // The source has decided what is too late; a window that a point it took falls into is corrected, however far back.
                EndRound(window.Output, lateness: long.MaxValue);
            }
        }
    }

    /// <summary>Lets go what a series has over its own limit. After the windows, which read all that the round brought.</summary>
    private void EvictOverLimit(TimeSeries series)
    {
        if (series.MaxPoints is not { } max) return;
        while (Evict(series, Math.Max(max, Options.PointsKeptMin))) _evictable.Forfeit(series);
    }

    /// <summary>
    /// Brings memory back under the budget. Chunks go in the order in which they sealed, whichever series they are of; a chunk whose going would
    /// leave a series with fewer than the points to keep stays, and its turn is over.
    /// </summary>
    private void EvictOverBudget()
    {
        while (Counters.BytesCount > Options.BytesMax && _evictable.TryTake(out var series)) Evict(series, Options.PointsKeptMin);
    }

    private bool Evict(TimeSeries series, long pointsMin)
    {
        var evicted = series.EvictOldest(pointsMin);
        if (evicted == 0) return false;
        Volatile.Write(ref Counters.EvictedCount, Counters.EvictedCount + evicted);
        CountBytes(series);
        return true;
    }
}
