using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Engine.Windows;

/// <summary>
/// Tumbling windows over one series, kept as another series: a point a window, at its start. The open window's point is provisional and
/// is replaced as points arrive; a late point corrects the window it falls into and, for rates, the next.
/// </summary>
internal sealed class WindowedSeries(TimeSeries source, TimeSeries output, Duration length, Aggregation aggregation)
{
    private readonly List<long> _times = [];
    private readonly List<double> _values = [];
    private WindowState _open = new(double.NaN);
    private long _openStart = long.MinValue;
    private long _readTo = long.MinValue;
    private long _version;

    public TimeSeries Output => output;

    public Duration Length => length;

    public Aggregation Aggregation => aggregation;

    /// <summary>Takes in what the source's last round brought.</summary>
    public void Run()
    {
        var snapshot = source.Snapshot;
        var corrected = snapshot.CorrectedSince(_version);
        _version = snapshot.Version;
        if (corrected <= _readTo) Rewind(snapshot, corrected);
        _times.Clear();
        _values.Clear();
        snapshot.Read(_readTo + 1, long.MaxValue, _times, _values);
        if (_times.Count == 0) return;
        for (var i = 0; i < _times.Count; i++)
        {
            var start = Tumbling.StartOf(_times[i], length.Nanoseconds);
            if (start != _openStart) Open(start);
            _open.Add(_values[i]);
        }
        _readTo = _times[^1];
        Emit();
    }

    private void Open(long start)
    {
        if (_openStart != long.MinValue) Emit();
        _open = new WindowState(_open.Previous);
        _openStart = start;
    }

    private void Emit() => output.Take(_openStart, _open.Result(aggregation, length.Seconds));

    /// <summary>Goes back to the window of the earliest correction, to read on from there as if everything had come in order.</summary>
    private void Rewind(SeriesSnapshot snapshot, long corrected)
    {
        var from = Math.Max(corrected, snapshot.FirstTime);
        var start = Tumbling.StartOf(from, length.Nanoseconds);
        // A window whose beginning was evicted keeps the value it had.
        if (start < snapshot.FirstTime && snapshot.FirstOrdinal > 0) start += length.Nanoseconds;
        _openStart = long.MinValue;
        _readTo = start - 1;
        _open = new WindowState(LastFiniteBefore(snapshot, start));
    }

    private static double LastFiniteBefore(SeriesSnapshot snapshot, long time)
    {
        while (snapshot.TryReadAt(time - 1, out var at, out var value))
        {
            if (double.IsFinite(value)) return value;
            time = at;
        }
        return double.NaN;
    }
}
