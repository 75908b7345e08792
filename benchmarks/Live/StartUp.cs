using System.Diagnostics;
using Microsoft.Playwright;
using Weir.Bench.Live.Browser;

namespace Weir.Bench.Live;

/// <summary>From starting the built program to a chart that moves.</summary>
internal static class StartUp
{
    private const string MovingScript = """
        () => {
          const seen = window.benchSeen ??= new Map();
          for (const card of document.querySelectorAll('[data-newest]')) {
            const newest = Number(card.dataset.newest);
            const entry = seen.get(card) ?? { newest, rises: 0 };
            if (newest > entry.newest) entry.rises++;
            entry.newest = newest;
            seen.set(card, entry);
            if (entry.rises >= 2) return true;
          }
          return false;
        }
        """;

    public static async Task RunAsync(Run run)
    {
        await using var browser = await ChromiumBrowser.StartAsync();
        var (healthy, shown, moving) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < run.Rounds; round++)
        {
            var times = await MeasureAsync(browser);
            healthy.Add(times.Healthy);
            shown.Add(times.Shown);
            moving.Add(times.Moving);
        }
        run.Add(new Measurement("start to healthy", "s", Statistics.Median(healthy)) { Note = "`weir demo`, built, until /healthz answers; absolute, so it depends on what else the machine does." }.AtMost(2));
        run.Add(new Measurement("start to first chart with data", "s", Statistics.Median(shown)) { Note = "In Chromium that runs already, with an empty cache." });
        run.Add(new Measurement("start to first moving chart", "s", Statistics.Median(moving))
        {
            Note = "Newest data of a chart risen twice. The page states its newest data in beats of 500 ms, which is most of the time since the first data. No peer yet.",
        });
    }

    private static async Task<(double Healthy, double Shown, double Moving)> MeasureAsync(ChromiumBrowser browser)
    {
        var page = await browser.OpenAsync();
        var began = Stopwatch.GetTimestamp();
        var program = Path.Combine(AppContext.BaseDirectory, "Weir.Cli.dll");
        using var weir = Process.Start(new ProcessStartInfo("dotnet", [program, "demo", "--no-browser", "--port", "0"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var url = await UrlAsync(weir);
            using var http = new HttpClient();
            (await http.GetAsync(new Uri(url, "/healthz"))).EnsureSuccessStatusCode();
            var healthy = Stopwatch.GetElapsedTime(began).TotalSeconds;
            await page.GotoAsync(url.AbsoluteUri, new() { WaitUntil = WaitUntilState.Commit });
            await page.WaitForFunctionAsync("() => document.querySelector('[data-newest] canvas') !== null");
            var shown = Stopwatch.GetElapsedTime(began).TotalSeconds;
            await page.WaitForFunctionAsync(MovingScript);
            return (healthy, shown, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
        finally
        {
            await page.Context.CloseAsync();
            weir.Kill();
            await weir.WaitForExitAsync();
        }
    }

    private static async Task<Uri> UrlAsync(Process weir)
    {
        var (output, errors) = (weir.StandardOutput.ReadLineAsync(), weir.StandardError.ReadLineAsync());
        while (true)
        {
            var first = await Task.WhenAny(output, errors);
            var line = await first ?? throw new InvalidOperationException("`weir demo` ended before it was live.");
            var at = line.IndexOf("http://", StringComparison.Ordinal);
            if (at >= 0) return new Uri(line[at..].Split(' ')[0]);
            if (first == output) output = weir.StandardOutput.ReadLineAsync();
            else errors = weir.StandardError.ReadLineAsync();
        }
    }
}
