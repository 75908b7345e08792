using Weir.Bench.Live.Browser;
using Weir.Bench.Live.Server;
using Weir.Bench.Live.Viewers;
using Weir.Engine.Downsampling;

namespace Weir.Bench.Live;

/// <summary>The highest rate at which every point that is sent is in what Chromium received for the dashboard it shows, and it does not fall behind.</summary>
internal static class Throughput
{
    private static readonly int[] Rates = [10_000, 100_000, 1_000_000, 2_000_000, 4_000_000];
    private static readonly int[] QuickRates = [10_000, 1_000_000, 4_000_000];

    public static async Task RunAsync(Run run)
    {
        using var server = await ServerProcess.StartAsync();
        await server.AskAsync("prepare");
        await using var browser = await ChromiumBrowser.StartAsync();
        var page = await browser.OpenAsync();
        var viewer = new ColumnsViewer(page);
        await page.GotoAsync(server.Url.AbsoluteUri);
        // A first second, not counted: the page lays itself out when data comes.
        await TryAsync(server, viewer, Rates[0], seconds: 1);
        var (best, lag, reasons) = (0, double.NaN, new List<string>());
        foreach (var rate in run.IsQuick ? QuickRates : Rates)
        {
            // What else runs on the machine may take a run's time; a rate is given up after the third.
            for (var attempt = 0; attempt < 3 && best != rate; attempt++)
            {
                var trial = await TryAsync(server, viewer, rate, seconds: run.IsQuick ? 2 : 4);
                Run.Say($"  {rate:#,0} points/s: {trial.Fault ?? "all there"}, lag p99 {trial.Lag:0} ms");
                if (trial.Fault is null) (best, lag) = (rate, trial.Lag);
                else reasons.Add($"{rate:#,0}: {trial.Fault}");
            }
            if (best != rate) break;
        }
        var note = "Sent one by one from one thread to three series (ramp, random, bursty), each point with its own time; every column that reached Chromium, which shows the dashboard meanwhile, is compared bit by bit with a fold of what was sent."
            + (reasons.Count > 0 ? $" Tries that failed: {string.Join("; ", reasons)}." : "");
        run.Add(new Measurement("points/s from send to browser without loss, floor", "points/s", best).AtLeast(10_000));
        run.Add(new Measurement("points/s from send to browser without loss, aim", "points/s", best) { Note = note }.AtLeast(1_000_000));
        run.Add(new Measurement("lag at that rate, p99", "ms", lag));
    }

    private static async Task<(string? Fault, double Lag)> TryAsync(ServerProcess server, ColumnsViewer viewer, int rate, int seconds)
    {
        viewer.Forget();
        var begin = long.Parse((await server.AskAsync($"send {rate} {seconds}"))[0]);
        var answer = await server.AnswerAsync();
        var (appended, missing, took) = (long.Parse(answer[0]), long.Parse(answer[1]), double.Parse(answer[2]));
        await Task.Delay(500);
        var lags = viewer.Ramp.Where(entry => entry.Arrived > begin).Select(entry => (entry.Arrived - begin - TimedSender.TicksAt((long)entry.Newest, rate) * 100) / 1e6).ToArray();
        var lag = Statistics.Percentile(lags, 0.99);
        var half = lags.Length / 2;
        var (early, late) = (Statistics.Percentile(lags.Take(half), 0.9), Statistics.Percentile(lags.Skip(half), 0.9));
        var count = (long)rate * seconds;
        var fault = missing != 0 || appended != count ? $"{appended:#,0} of {count:#,0} points taken in, {missing:#,0} lost"
            : took > seconds * 1050 ? $"sending took {took:0} ms in place of {seconds * 1000}"
            : late > early * 1.5 + 50 ? $"lag grew from {early:0} to {late:0} ms"
            : Compare(viewer, begin, rate, count);
        return (fault, lag);
    }

    private static string? Compare(ColumnsViewer viewer, long begin, int rate, long count)
    {
        for (var series = 0; series < TimedSender.Widgets.Length; series++)
        {
            var (step, held) = viewer.ColumnsOf(TimedSender.Widgets[series]);
            var expected = Fold(series, begin, rate, count, step);
            foreach (var (number, column) in expected)
            {
                if (!held.TryGetValue(number, out var other)) return $"column {number} of {TimedSender.Widgets[series]} never came";
                if ((column.First, column.Min, column.Max, column.Last) != (other.First, other.Min, other.Max, other.Last)) return $"column {number} of {TimedSender.Widgets[series]} differs";
            }
        }
        return null;
    }

    /// <summary>The columns as they should be, point by point.</summary>
    private static Dictionary<long, Column> Fold(int series, long begin, int rate, long count, long step)
    {
        var columns = new Dictionary<long, Column>();
        for (long i = series; i < count; i += TimedSender.Widgets.Length)
        {
            var number = (begin + TimedSender.TicksAt(i, rate) * 100) / step;
            var value = TimedSender.Value(i);
            columns[number] = columns.TryGetValue(number, out var column)
                ? column with { Min = Math.Min(column.Min, value), Max = Math.Max(column.Max, value), Last = value }
                : new Column { Number = number, First = value, Min = value, Max = value, Last = value };
        }
        return columns;
    }
}
