namespace Weir.Bench.Live.Server;

/// <summary>History sent as an application would: point by point, each with its own time.</summary>
internal static class HistoryFill
{
    public static string Run(Dashboard dashboard, int series, int points)
    {
        var chart = dashboard.LineChart("history", new LineChartOptions { Legend = false });
        var handles = Enumerable.Range(0, series).Select(i => chart.AddSeries($"s{i}")).ToArray();
        var sources = handles.Select((_, s) => Engine.Signals.Source(Engine.Signals.Names[s % Engine.Signals.Names.Length], seed: s)).ToArray();
        // As much time as fits the points at 100 a second, up to now.
        var begin = DateTimeOffset.UtcNow - TimeSpan.FromMilliseconds(10.0 * points);
        for (var i = 0; i < points; i++)
        {
            var time = begin + TimeSpan.FromMilliseconds(10.0 * i);
            for (var s = 0; s < series; s++) handles[s].Send(sources[s](), time);
            while (dashboard.Engine.Waiting > 16_384) Thread.Sleep(1);
        }
        while (dashboard.Engine.Waiting > 0) Thread.Sleep(1);
        Thread.Sleep(50);
        return $"{dashboard.Engine.Counters.Appended} {dashboard.Engine.Counters.Lost}";
    }
}
