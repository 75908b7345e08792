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
/// <item>Gauges are sent as they are recorded. Observable instruments are asked once an interval; one whose callback throws is counted and named once.</item>
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
    private readonly ConcurrentDictionary<Instrument, ObservableReader> _observables = new(ReferenceEqualityComparer.Instance);
    private readonly Action<string, Exception>? _callbackFailed;
    private readonly Poller _poller;
    private readonly Lock _collecting = new();
    [ThreadStatic]
    private static long _collectionTime;

    private long _refused;
    private long _failedCallbacks;
    private Exception? _failure;

    /// <param name="engine">Where the points go.</param>
    /// <param name="pattern">Which meters: a name or a glob (<c>*</c> any characters, <c>?</c> one), such as <c>System.Runtime</c> or <c>*</c>.</param>
    /// <param name="interval">Between collections: 100 ms to 1 h; 1 s when null.</param>
    /// <param name="time">The engine's clock when null.</param>
    /// <param name="callbackFailed">Told once for each observable instrument whose callback throws, with the instrument's name.</param>
    /// <exception cref="ArgumentException">An empty pattern, or an interval outside its range.</exception>
    public MeterSource(
        TimeSeriesEngine engine, string pattern, Duration? interval = null, TimeProvider? time = null, Action<string, Exception>? callbackFailed = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentException.ThrowIfNullOrWhiteSpace(pattern);
        var every = interval ?? "1s";
        if (every < "100ms" || every > "1h")
        {
            throw new ArgumentOutOfRangeException(nameof(interval), every, $"The interval of a meter source is {every}; allowed is 100ms to 1h.");
        }
        (_engine, _time, _callbackFailed) = (engine, time ?? engine.Time, callbackFailed);
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

    /// <summary>Calls of observable instruments that threw. Such an instrument is asked again at the next interval.</summary>
    public long FailedCallbacks => Interlocked.Read(ref _failedCallbacks);

    /// <summary>What an observable instrument threw in the last collection, or null.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>
    /// Asks the observable instruments, now. A callback that throws is counted and keeps no other from being asked. What was counted becomes points once
    /// a recording interval of the engine.
    /// </summary>
    public void Collect()
    {
        lock (_collecting)
        {
            _collectionTime = UnixTime.Now(_time);
            Exception? failure = null;
            foreach (var (instrument, reader) in _observables)
            {
                try
                {
                    reader.Read();
                }
                catch (Exception e)
                {
                    failure = e is AggregateException { InnerExceptions: [var only] } ? only : e;
                    NoteFailure(instrument, reader, failure);
                }
            }
            _collectionTime = 0;
            Volatile.Write(ref _failure, failure);
        }
    }

    /// <summary>Stops listening. What was sent stays.</summary>
    public void Dispose()
    {
        _poller.Dispose();
        _listener.Dispose();
        foreach (var reader in _observables.Values) reader.Stop();
    }

    private void NoteFailure(Instrument instrument, ObservableReader reader, Exception failure)
    {
        Interlocked.Increment(ref _failedCallbacks);
        if (reader.IsFailureTold) return;
        reader.IsFailureTold = true;
        try
        {
            _callbackFailed?.Invoke($"{instrument.Meter.Name}/{instrument.Name}", failure);
        }
        catch (Exception)
        {
            // Whoever wants to know of failures must not add one: the other instruments are still to be asked.
        }
    }

    private void Listen()
    {
        _listener.InstrumentPublished = Publish;
        Receive(_listener);
        _listener.Start();
    }

    private void Receive(MeterListener listener)
    {
        listener.SetMeasurementEventCallback<byte>((_, value, tags, state) => Record(value, tags, state));
        listener.SetMeasurementEventCallback<short>((_, value, tags, state) => Record(value, tags, state));
        listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Record(value, tags, state));
        listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Record(value, tags, state));
        listener.SetMeasurementEventCallback<float>((_, value, tags, state) => Record(value, tags, state));
        listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Record(value, tags, state));
        listener.SetMeasurementEventCallback<decimal>((_, value, tags, state) => Record((double)value, tags, state));
    }

    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (!_pattern.IsMatch(instrument.Meter.Name)) return;
        // A meter made for another engine tells of that engine alone.
        if (instrument.Meter.Scope is TimeSeriesEngine owner && owner != _engine) return;
        var state = _states.GetOrAdd((instrument.Meter.Name, instrument.Name, instrument.GetType()), _ => new InstrumentState(_engine, instrument));
        if (instrument.IsObservable) Observe(instrument, state);
        else listener.EnableMeasurementEvents(instrument, state);
    }

    private void Observe(Instrument instrument, InstrumentState state)
    {
        var listener = new MeterListener { MeasurementsCompleted = (ended, _) => _observables.TryRemove(ended, out var _) };
        Receive(listener);
        _observables[instrument] = new ObservableReader(listener);
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
