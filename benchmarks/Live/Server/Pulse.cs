using System.Diagnostics;
using System.Globalization;

namespace Weir.Bench.Live.Server;

/// <summary>
/// Sends the reading of the machine's monotonic clock every 20 ms. The clock is the same in every process, so a viewer that sees the value knows
/// how long it took.
/// </summary>
internal sealed class Pulse(Dashboard dashboard)
{
    private readonly List<long> _sent = [];
    private Thread? _thread;
    private volatile bool _stopping;

    public string Begin()
    {
        var metric = dashboard.Metric("pulse");
        _sent.Clear();
        _stopping = false;
        _thread = new Thread(() =>
        {
            while (!_stopping)
            {
                var now = Stopwatch.GetTimestamp();
                metric.Send(now);
                _sent.Add(now);
                Thread.Sleep(20);
            }
        }) { IsBackground = true };
        _thread.Start();
        return "begun";
    }

    /// <summary>Stops and tells what was sent.</summary>
    public string End()
    {
        _stopping = true;
        _thread?.Join();
        return string.Join(' ', _sent.Select(value => value.ToString(CultureInfo.InvariantCulture)));
    }
}
