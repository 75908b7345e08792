using Weir.Connectors;
using Weir.Engine;
using Weir.Engine.Series;
using Weir.Engine.Windows;

namespace Weir.Instruments;

/// <summary>
/// Gives each series of the counters watched a rate, as soon as it has a point: before that a chart would list a line without one. Labels make new series at
/// any time, so that the catalog is looked through once a second, each series once.
/// </summary>
internal sealed class CounterRates(TimeSeriesEngine engine, TimeProvider time, Action<string, Exception> failed) : IDisposable
{
    /// <summary>Five seconds bridge counters that are collected once a second; a step of one second keeps the line moving.</summary>
    private static readonly WindowSpec Window = WindowSpec.Hopping("5s", "1s", Aggregation.Rate);
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _names = [];
    private readonly List<TimeSeries> _waiting = [];
    private Poller? _poller;
    private int _seen;
    private int _failures;

    /// <summary>Series that could not have a rate.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>Name of the series with the rate of a counter.</summary>
    public static string NameOf(string counter) => $"{counter}:{Window}";

    /// <summary>Gives all series of this name a rate, those that come later included.</summary>
    public void Watch(string name)
    {
        lock (_gate)
        {
            if (!_names.Add(name)) return;
            foreach (var series in engine.Catalog.Joined(0, _seen))
            {
                if (series.Key.Name == name) Take(series);
            }
            _poller ??= new Poller(time, LookInterval, Look);
        }
    }

    /// <summary>Looks for series that came, and for first points.</summary>
    public void Look()
    {
        lock (_gate)
        {
            var end = engine.Catalog.End;
            foreach (var series in engine.Catalog.Joined(_seen, end)) Take(series);
            _seen = end;
            _waiting.RemoveAll(TryAdd);
        }
    }

    public void Dispose() => _poller?.Dispose();

    private void Take(TimeSeries series)
    {
        if (series.Kind == SeriesKind.Counter && _names.Contains(series.Key.Name)) _waiting.Add(series);
    }

    private bool TryAdd(TimeSeries series)
    {
        if (series.Snapshot.Count == 0) return false;
        try
        {
            engine.Window(series, Window);
        }
        catch (Exception e)
        {
            // The series after this one are to have theirs.
            Interlocked.Increment(ref _failures);
            failed(series.Key.ToString(), e);
        }
        return true;
    }
}
