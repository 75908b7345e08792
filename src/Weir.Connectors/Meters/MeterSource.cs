using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Weir.Engine;
using Weir.Engine.Time;

namespace Weir.Connectors.Meters;

/// <summary>
/// Makes series of the meters of this process (<c>System.Diagnostics.Metrics</c>), without code where they are measured. A series is called
/// like its instrument; its labels are the tags, and <c>meter</c> with the name of the meter.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Counters are running totals (<see cref="Weir.Engine.Series.SeriesKind.Counter"/>), up-down counters their present sum; both become a point
/// once a recording interval of the engine, however often they are counted up.</item>
/// <item>Histograms keep distributions: <c>name</c>, its quantiles, and the running totals <c>name.count</c> and <c>name.sum</c>.</item>
/// <item>Gauges are sent as they are recorded. Observable instruments are asked once an interval.</item>
/// </list>
/// Of instruments with one name and one meter there is one series. More than 10,000 sets of tags on one instrument share one series with the label
/// <c>weir.overflow</c>.
/// </remarks>
public sealed class MeterSource : IDisposable
{
    private readonly TimeSeriesEngine _engine;
    private readonly TimeProvider _time;
    private readonly Regex _pattern;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(string Meter, string Instrument, Type Type), InstrumentState> _states = new();
    private readonly Poller _poller;
    private readonly Lock _collecting = new();
    [ThreadStatic]
    private static long _collectionTime;

    private long _refused;

    /// <param name="engine">Where the points go.</param>
    /// <param name="pattern">Which meters: a name or a glob (<c>*</c> any characters, <c>?</c> one), such as <c>System.Runtime</c> or <c>*</c>.</param>
    /// <param name="interval">Between collections: 100 ms to 1 h; 1 s when null.</param>
    /// <param name="time">The engine's clock when null.</param>
    /// <exception cref="ArgumentException">An empty pattern, or an interval outside its range.</exception>
    public MeterSource(TimeSeriesEngine engine, string pattern, Duration? interval = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentException.ThrowIfNullOrWhiteSpace(pattern);
        var every = interval ?? "1s";
        if (every < "100ms" || every > "1h")
        {
            throw new ArgumentOutOfRangeException(nameof(interval), every, $"The interval of a meter source is {every}; allowed is 100ms to 1h.");
        }
        (_engine, _time) = (engine, time ?? engine.Time);
        var expression = Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal);
        _pattern = new Regex($"^(?:{expression})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
        Listen();
        _poller = new Poller(_time, every.ToTimeSpan(), Collect);
    }

    /// <summary>The instruments seen so far, by name.</summary>
    public IReadOnlyList<ObservedInstrument> Instruments =>
        [.. _states.Values.Select(state => state.Description).OrderBy(instrument => instrument.Series, StringComparer.Ordinal)];

    /// <summary>Measurements that could not become points, as when another series of the same name is of another kind.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>What went wrong in the last collection (an observable instrument that threw), or null.</summary>
    public Exception? Failure => _poller.Failure;

    /// <summary>Asks the observable instruments, now. What was counted becomes points once a recording interval of the engine.</summary>
    public void Collect()
    {
        lock (_collecting)
        {
            _collectionTime = UnixTime.Now(_time);
            try
            {
                _listener.RecordObservableInstruments();
            }
            finally
            {
                _collectionTime = 0;
            }
        }
    }

    /// <summary>Stops listening. What was sent stays.</summary>
    public void Dispose()
    {
        _poller.Dispose();
        _listener.Dispose();
    }

    private void Listen()
    {
        _listener.InstrumentPublished = Publish;
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, state) => Record((double)value, tags, state));
        _listener.Start();
    }

    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (!_pattern.IsMatch(instrument.Meter.Name)) return;
        var state = _states.GetOrAdd((instrument.Meter.Name, instrument.Name, instrument.GetType()), _ => new InstrumentState(_engine, instrument));
        listener.EnableMeasurementEvents(instrument, state);
    }

    private void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var instrument = (InstrumentState)state!;
        try
        {
            if (!instrument.IsRefused)
            {
                instrument.Record(value, tags, _collectionTime);
                return;
            }
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // Measuring must not fail because two instruments of one name disagree; the caller is not the one to tell.
            instrument.IsRefused = true;
        }
        Interlocked.Increment(ref _refused);
    }
}
