using Weir.Bench.Live.Browser;
using Weir.Bench.Live.Server;

namespace Weir.Bench.Live;

/// <summary>Eight charts of 600×250 at 1,000 points a second each, in Chromium: the dashboard, uPlot and ECharts fed raw points, and an empty page as the ceiling.</summary>
internal static class Frames
{
    private const string UPlot = "uPlot, raw points";

    public static async Task RunAsync(Run run)
    {
        using var server = await ServerProcess.StartAsync();
        await server.AskAsync("stream");
        var peers = (await server.AskAsync($"peers {PeerFiles.Folder}"))[0];
        await using var browser = await ChromiumBrowser.StartAsync();
        var meter = new FrameMeter(browser, TimeSpan.FromSeconds(run.IsQuick ? 2 : 5));

        var echarts = await FastestEChartsAsync(meter, peers);
        (string Name, string Url, int Canvases)[] pages =
        [
            ("Weir", server.Url.AbsoluteUri, ChartStream.Charts), (UPlot, $"{peers}/uplot.html", ChartStream.Charts),
            (echarts.Name, $"{peers}/echarts.html{echarts.Query}", ChartStream.Charts), ("empty page", $"{peers}/empty.html", 0),
        ];
        var seen = pages.ToDictionary(page => page.Name, _ => new List<FrameFigures>());
        for (var round = 0; round < run.Rounds; round++)
        {
            foreach (var (name, url, canvases) in pages) seen[name].Add(await meter.MeasureAsync(url, canvases));
        }
        Report(run, seen, echarts.Name);
    }

    private static void Report(Run run, Dictionary<string, List<FrameFigures>> seen, string echarts)
    {
        var ceiling = Middle("empty page", page => page.FramesPerSecond);
        run.Add(new Measurement("frames/s, eight streaming charts", "fps", Middle("Weir", page => page.FramesPerSecond))
        {
            Note = $"Frames that the page's main thread could give; goal is 60 or what an empty page reaches here ({ceiling:0.#}).",
        }.Against("empty page", ceiling).AtLeast(Math.Min(60, ceiling)));
        foreach (var peer in new[] { UPlot, echarts })
        {
            run.Add(Compare("frames/s, eight streaming charts", "fps", peer, page => page.FramesPerSecond));
            run.Add(Compare("pictures drawn a second", "1/s", peer, page => page.DrawnPerSecond));
            run.Add((Compare("scripting per frame drawn", "ms", peer, page => page.ScriptPerDrawn) with
            {
                Note = "Time in JavaScript (ScriptDuration of Chromium's performance metrics) by the frames in which the page drew.",
            }).RatioAtMost(peer == UPlot ? 0.5 : 0.1));
            run.Add(Compare("scripting per second", "ms", peer, page => page.ScriptPerSecond));
            run.Add(Compare("main thread busy per second", "ms", peer, page => page.TaskPerSecond) with { Note = "TaskDuration: scripting, layout, painting." });
        }

        double Middle(string name, Func<FrameFigures, double> figure) => Statistics.Median(seen[name].Select(figure));

        Measurement Compare(string name, string unit, string peer, Func<FrameFigures, double> figure) =>
            new Measurement(name, unit, Middle("Weir", figure)).Against(peer, Middle(peer, figure));
    }

    /// <summary>ECharts at its best: the way of sampling that costs least scripting here. Without sampling its first picture of 480,000 points took over half a minute on a busy machine.</summary>
    private static async Task<(string Name, string Query)> FastestEChartsAsync(FrameMeter meter, string peers)
    {
        var (best, least) = ("", double.PositiveInfinity);
        foreach (var sampling in new[] { "lttb", "minmax" })
        {
            var figures = await meter.MeasureAsync($"{peers}/echarts.html{Query(sampling)}", ChartStream.Charts);
            Run.Say($"  ECharts, sampling {(sampling.Length == 0 ? "off" : sampling)}: {figures.ScriptPerDrawn:0.#} ms a frame drawn");
            if (figures.ScriptPerDrawn < least) (best, least) = (sampling, figures.ScriptPerDrawn);
        }
        return ($"ECharts, sampling {(best.Length == 0 ? "off" : best)}", Query(best));

        static string Query(string sampling) => sampling.Length == 0 ? "" : $"?sampling={sampling}";
    }
}
