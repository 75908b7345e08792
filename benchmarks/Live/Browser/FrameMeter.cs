using System.Diagnostics;
using Microsoft.Playwright;

namespace Weir.Bench.Live.Browser;

/// <summary>What a page did in a second, and what a frame cost it.</summary>
internal sealed record FrameFigures(double FramesPerSecond, double DrawnPerSecond, double ScriptPerSecond, double TaskPerSecond)
{
    /// <summary>Milliseconds of JavaScript by the frames in which the page drew something.</summary>
    public double ScriptPerDrawn => ScriptPerSecond / DrawnPerSecond;
}

/// <summary>Watches pages draw, one after another.</summary>
internal sealed class FrameMeter(ChromiumBrowser browser, TimeSpan duration)
{
    /// <summary>Counts animation frames, and those among them that the page itself asked for: the ones in which it draws.</summary>
    private const string CountingScript = """
        (() => {
          const ask = window.requestAnimationFrame.bind(window);
          const counts = { frames: 0, drawn: 0 };
          let last = -1;
          window.requestAnimationFrame = (callback) => ask((now) => {
            if (now !== last) counts.drawn++;
            last = now;
            callback(now);
          });
          const count = () => { counts.frames++; ask(count); };
          ask(count);
          window.benchCounts = counts;
        })();
        """;

    /// <summary>The dashboard's charts at the size of the peers'.</summary>
    private const string SizeStyle = ".chart-host { width: 600px !important; height: 250px !important; flex: none !important; }";

    /// <summary>What one frame more or less changes in frames a second.</summary>
    public double Resolution => 1 / duration.TotalSeconds;

    public async Task<FrameFigures> MeasureAsync(string url, int canvases)
    {
        var page = await browser.OpenAsync();
        try
        {
            page.PageError += (_, error) => Run.Say($"  {url}: {error}");
            await page.AddInitScriptAsync(CountingScript);
            await page.GotoAsync(url);
            await page.AddStyleTagAsync(new() { Content = SizeStyle });
            await page.WaitForFunctionAsync($"() => document.querySelectorAll('canvas').length >= {canvases}", null, new() { PollingInterval = 100, Timeout = 60_000 });
            // The first pictures, with all of the history, are not what is measured.
            await Task.Delay(1000);
            await RequireSizeAsync(page, canvases);
            var cdp = await page.Context.NewCDPSessionAsync(page);
            await cdp.SendAsync("Performance.enable");
            var (before, began) = (await ReadAsync(page, cdp), Stopwatch.GetTimestamp());
            await Task.Delay(duration);
            var (after, seconds) = (await ReadAsync(page, cdp), Stopwatch.GetElapsedTime(began).TotalSeconds);
            return new((after.Frames - before.Frames) / seconds, (after.Drawn - before.Drawn) / seconds, (after.Script - before.Script) * 1e3 / seconds, (after.Task - before.Task) * 1e3 / seconds);
        }
        finally
        {
            await page.Context.CloseAsync();
        }
    }

    private static async Task RequireSizeAsync(IPage page, int charts)
    {
        var sizes = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.uplot, #charts > div')].filter((box) => !box.parentElement.closest('.uplot, #charts > div')).map((box) => `${box.clientWidth}x${box.clientHeight}`)");
        if (sizes.Length != charts || sizes.Any(size => size != "600x250")) throw new InvalidOperationException($"{page.Url} shows {string.Join(", ", sizes)} in place of {charts} charts of 600x250.");
    }

    private static async Task<(double Frames, double Drawn, double Script, double Task)> ReadAsync(IPage page, ICDPSession cdp)
    {
        var counts = await page.EvaluateAsync<double[]>("() => [benchCounts.frames, benchCounts.drawn]");
        var metrics = (await cdp.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
        return (counts[0], counts[1], metrics["ScriptDuration"], metrics["TaskDuration"]);
    }
}
