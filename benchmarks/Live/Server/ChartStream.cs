namespace Weir.Bench.Live.Server;

/// <summary>
/// Eight charts at 1,000 points a second each, with a minute of history: sent to the dashboard and kept raw for the pages of the peers, so that
/// all show the same.
/// </summary>
internal sealed class ChartStream(Dashboard dashboard)
{
    public const int Charts = 8;
    public const int History = 60_000;

    private readonly double[] _times = new double[History];
    private readonly double[] _values = new double[History * Charts];
    private readonly Lock _gate = new();
    private SeriesHandle[] _series = [];
    private long _begin;
    private long _count;
    private volatile bool _stopping;

    /// <summary>Points of each chart so far.</summary>
    public long Count => Volatile.Read(ref _count);

    public string Begin()
    {
        if (_series.Length > 0) return "running";
        _series = [.. Enumerable.Range(0, Charts).Select(i => dashboard.LineChart($"chart{i}", new LineChartOptions { Legend = false, Min = 0, Max = 100 }).AddSeries("value"))];
        _begin = DateTime.UtcNow.Ticks - History * TimeSpan.TicksPerMillisecond;
        while (SendDue())
        {
            while (dashboard.Engine.Waiting > 16_384) Thread.Sleep(1);
        }
        new Thread(() =>
        {
            while (!_stopping)
            {
                SendDue();
                Thread.Sleep(4);
            }
        }) { IsBackground = true }.Start();
        return "begun";
    }

    public void End() => _stopping = true;

    /// <summary>Writes the points from <paramref name="from"/> on: how many, then the times (Unix milliseconds), then the values chart by chart, all as doubles.</summary>
    public double[] ReadFrom(long from, int max)
    {
        lock (_gate)
        {
            from = Math.Max(from, _count - History);
            var count = (int)Math.Min(max, _count - from);
            var message = new double[1 + count * (1 + Charts)];
            message[0] = count;
            for (var i = 0; i < count; i++)
            {
                var place = (int)((from + i) % History);
                message[1 + i] = _times[place];
                for (var chart = 0; chart < Charts; chart++) message[1 + count * (1 + chart) + i] = _values[place * Charts + chart];
            }
            return message;
        }
    }

    /// <summary>Sends at most a second's worth of what is due; whether it was a whole one.</summary>
    private bool SendDue()
    {
        const int most = 1000;
        var due = (DateTime.UtcNow.Ticks - _begin) / TimeSpan.TicksPerMillisecond;
        var end = Math.Min(due, _count + most);
        var isWhole = end == _count + most;
        lock (_gate)
        {
            for (; _count < end; _count++)
            {
                var time = new DateTimeOffset(_begin + _count * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
                var place = (int)(_count % History);
                _times[place] = (time.Ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond;
                for (var chart = 0; chart < Charts; chart++)
                {
                    var value = Signals.Value(chart, _count);
                    _values[place * Charts + chart] = value;
                    _series[chart].Send(value, time);
                }
            }
        }
        return isWhole;
    }
}
