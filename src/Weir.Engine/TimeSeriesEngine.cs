using Weir.Engine.History;
using Weir.Engine.Ingest;
using Weir.Engine.Instruments;
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
public sealed partial class TimeSeriesEngine : IDisposable
{
    private readonly LaneSet _lanes;
    private readonly InstrumentSet _instruments;
    private readonly EngineLoop _loop;
    private readonly Lock _roundGate = new();
    private readonly Arrival[] _arrivals = new Arrival[8192];
    private readonly List<TimeSeries> _changed = [];
    private readonly EvictionQueue _evictable = new();
    private readonly Action<TimeSeries, long, double> _takeRecorded;
    private readonly Action<TimeSeries, long, QuantileSketch>? _distribute;
    private long _watermark;
    private long _intervalEnd;
    private long _recordedTo;
    private Type? _failureTold;

    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    public TimeSeriesEngine(EngineOptions? options = null, TimeProvider? time = null)
    {
        Options = options ?? new EngineOptions();
        Options.Validate();
        Time = time ?? TimeProvider.System;
        Catalog = new SeriesCatalog(Options.SeriesMax);
        Tables = new TableCatalog(Time);
        Rollups = Options.Rollups is { } rollups ? new RollupStore(rollups, Options.BytesMax / 4, Options.Lateness.Nanoseconds) : null;
        History = new MemoryHistory(Rollups);
        var wake = new WakeSignal();
        _lanes = new LaneSet(Time, wake);
        _instruments = new InstrumentSet(Catalog, new AccumulatorSet());
        _takeRecorded = TakeRecorded;
        _distribute = Rollups is null ? null : Rollups.Append;
        _recordedTo = _intervalEnd = Tumbling.StartOf(UnixTime.Now(Time), Options.RecordingInterval.Nanoseconds);
        _loop = new EngineLoop(this, wake);
    }

    public EngineOptions Options { get; }

    public TimeProvider Time { get; }

    public SeriesCatalog Catalog { get; }

    /// <summary>Rows and log lines, which stand beside the series.</summary>
    public TableCatalog Tables { get; }

    /// <summary>Minutes, hours and days of every series, which outlive its points; null where <see cref="EngineOptions.Rollups"/> is.</summary>
    public RollupStore? Rollups { get; }

    /// <summary>Points and what rollups keep of them, as one answer.</summary>
    public ISeriesHistory History { get; }

    public EngineCounters Counters { get; } = new();

    /// <summary>Who is told of rounds, and of which series.</summary>
    public RoundObservers Rounds { get; } = new();

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

    /// <summary>
    /// Raised on the engine's loop with what ended a round early; not again for an exception of the same type, until a round failed otherwise.
    /// Rounds that failed are counted (<see cref="EngineCounters.FailedRounds"/>) and the loop goes on.
    /// </summary>
    public event Action<Exception>? RoundFailed;

    /// <summary>The series of this key, made when it is new. Keep it: sending through it costs no lookup.</summary>
    /// <exception cref="InvalidOperationException">The name is there with another kind.</exception>
    public TimeSeries Resolve(SeriesKey key, SeriesKind kind = SeriesKind.Gauge) => Catalog.Resolve(key, kind);

    /// <summary>The handle that counts up the series of this name and labels. Keep it.</summary>
    /// <exception cref="ArgumentException">The name or a label breaks the rules of <see cref="SeriesKey"/>.</exception>
    /// <exception cref="InvalidOperationException">The name is there with another kind, or the series is part of a histogram.</exception>
    public Counter Counter(string name, params ReadOnlySpan<Label> labels) => _instruments.Counter(name, labels);

    /// <summary>The handle that sets the level of the series of this name and labels. Keep it.</summary>
    /// <exception cref="ArgumentException">The name or a label breaks the rules of <see cref="SeriesKey"/>.</exception>
    /// <exception cref="InvalidOperationException">The name is there with another kind, or the series is part of a histogram.</exception>
    public Gauge Gauge(string name, params ReadOnlySpan<Label> labels) => _instruments.Gauge(name, labels);

    /// <summary>The handle that records the distribution of this name and labels. Keep it.</summary>
    /// <exception cref="ArgumentException">The name or a label breaks the rules of <see cref="SeriesKey"/>, or the name leaves no room for <c>.count</c>.</exception>
    /// <exception cref="InvalidOperationException">The name, or that of its count or sum, is there with another kind.</exception>
    public Histogram Histogram(string name, params ReadOnlySpan<Label> labels) => _instruments.Histogram(new HistogramNames(name), labels);

    /// <summary>The same with quantiles of one's own as series. A handle that is there already keeps those it was made with.</summary>
    /// <param name="name">Name of the histogram.</param>
    /// <param name="quantiles">1 to 16 numbers from 0 to 1.</param>
    /// <exception cref="ArgumentException">As above, or a quantile is out of range.</exception>
    /// <exception cref="InvalidOperationException">The name, or that of its count or sum, is there with another kind.</exception>
    public Histogram Histogram(string name, IReadOnlyList<double> quantiles)
    {
        ArgumentNullException.ThrowIfNull(quantiles);
        return _instruments.Histogram(new HistogramNames(name, [.. quantiles]), []);
    }

    /// <summary>A time of now for a point of the calling thread, different from all others it gave (Unix nanoseconds).</summary>
    public long NextTime() => _lanes.OfThread.NextTime();

    /// <summary>Sends one value with the time of now.</summary>
    public void Append(TimeSeries series, double value)
    {
        var lane = _lanes.OfThread;
        lane.Write(Present(series).Id, lane.NextTime(), value, Options.Loss);
    }

    /// <summary>Sends one value with its own time (Unix nanoseconds).</summary>
    /// <remarks>
    /// A point replaces an earlier one of the same series and nanosecond. Earlier is: an earlier round; in one round, an earlier call of the same
    /// thread; between threads, that of the thread which first sent to this engine. Threads that send one time to one series and must have
    /// the last word need to agree among themselves.
    /// </remarks>
    public void Append(TimeSeries series, long time, double value) => _lanes.OfThread.Write(Present(series).Id, time, value, Options.Loss);

    /// <summary>Sends many values with the time of now, in order.</summary>
    public void Append(TimeSeries series, ReadOnlySpan<double> values)
    {
        var lane = _lanes.OfThread;
        var id = Present(series).Id;
        foreach (var value in values) lane.Write(id, lane.NextTime(), value, Options.Loss);
    }

    /// <summary>Sends a block of points. Returns how many were taken; fewer than given only where the policy refuses what does not fit.</summary>
    /// <param name="series">A series of this engine.</param>
    /// <param name="times">Unix nanoseconds, in any order.</param>
    /// <param name="values">As many as times; NaN is a gap.</param>
    /// <param name="loss">What happens when the lane is full; the engine's policy when null.</param>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    public int Append(TimeSeries series, ReadOnlySpan<long> times, ReadOnlySpan<double> values, LossPolicy? loss = null)
    {
        RequireColumns(times.Length, values.Length);
        return _lanes.OfThread.Write(Present(series).Id, times, values, loss ?? Options.Loss);
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
        _instruments.Accumulators.ForgetLabels();
    }

    /// <summary>Counts a round that failed, and tells of it. Never throws.</summary>
    internal void NoteFailure(Exception failure)
    {
        Interlocked.Increment(ref Counters.FailedRoundsCount);
        if (_failureTold == failure.GetType()) return;
        _failureTold = failure.GetType();
        foreach (var handler in Delegate.EnumerateInvocationList(RoundFailed))
        {
            try
            {
                handler(failure);
            }
            catch (Exception)
            {
                Interlocked.Increment(ref Counters.HandlerFailuresCount);
            }
        }
    }

    internal int EvictionTurns => _evictable.Count;
}
