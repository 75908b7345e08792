using Weir.Bench.Live.Browser;
using Weir.Bench.Live.Server;

namespace Weir.Bench.Live;

/// <summary>Eight charts of 600×250 at 1,000 points a second each, in Chromium: the dashboard, uPlot and ECharts fed raw points, and an empty page as the ceiling.</summary>
internal static class Frames
{
    private const string Ours = "Weir";
    private const string UPlot = "uPlot, raw points";
    private const string Empty = "empty page";

    /// <summary>Both ways of ECharts that keep extremes. Without sampling its first picture of 480,000 points took over half a minute on a busy machine.</summary>
    private static readonly (string Name, string Sampling)[] ECharts = [("ECharts, sampling lttb", "lttb"), ("ECharts, sampling minmax", "minmax")];

    public static async Task RunAsync(Run run)
    {
        using var server = await ServerProcess.StartAsync();
        await server.AskAsync("stream");
        var peers = (await server.AskAsync($"peers {PeerFiles.Folder}"))[0];
        await using var browser = await ChromiumBrowser.StartAsync();
        var meter = new FrameMeter(browser, TimeSpan.FromSeconds(run.IsQuick ? 1 : 5));

        (string Name, string Url, int Canvases)[] pages =
        [
            (Ours, server.Url.AbsoluteUri, ChartStream.Charts), (UPlot, $"{peers}/uplot.html", ChartStream.Charts),
            .. ECharts.Select(peer => (peer.Name, $"{peers}/echarts.html?sampling={peer.Sampling}", ChartStream.Charts)),
            (Empty, $"{peers}/empty.html", 0),
        ];
        var seen = pages.ToDictionary(page => page.Name, _ => new List<FrameFigures>());
        for (var round = 0; round < run.Rounds; round++)
        {
            foreach (var (name, url, canvases) in pages) seen[name].Add(await meter.MeasureAsync(url, canvases));
        }
        Report(run, seen, meter.Resolution);
    }

    private static void Report(Run run, Dictionary<string, List<FrameFigures>> seen, double resolution)
    {
        var ceiling = Middle(Empty, page => page.FramesPerSecond);
        run.Add(new Measurement("frames/s, eight streaming charts", "fps", Middle(Ours, page => page.FramesPerSecond))
        {
            Note = $"Frames that the page's main thread could give; goal is 60 or what an empty page reaches here ({ceiling:0.##}), less the one frame in {1 / resolution:0.#} s that counting cannot tell.",
        }.Against(Empty, ceiling).AtLeast(Math.Min(60, ceiling) - resolution));
        foreach (var peer in ECharts.Select(peer => peer.Name).Prepend(UPlot))
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
            new Measurement(name, unit, Middle(Ours, figure)).Against(peer, Middle(peer, figure));
    }
}
