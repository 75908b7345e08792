using Microsoft.Playwright;
using Weir.EndToEnd.Browser;
using Weir.EndToEnd.Servers;

namespace Weir.EndToEnd.Dashboards;

/// <summary>A dashboard of as many widgets as there may be.</summary>
public sealed class LargePageTests(Chromium chromium) : BrowserTest(chromium)
{
    private const int Many = 990;
    private const int Few = 10;
    private const int MessageBytesMax = 16_384;

    [Theory]
    [InlineData("ws")]
    [InlineData("sse")]
    public async Task Page_of_a_thousand_widgets_shows_what_is_scrolled_to_reconnects_and_gives_way_to_another_page(string transport)
    {
        var dashboard = Own(new Dashboard(new WeirOptions { Title = "Large", Port = 0, OpenBrowser = false }));
        var metrics = Enumerable.Range(0, Many).Select(i => dashboard.Metric($"many-{i}", new MetricOptions { Title = $"Many {i}" })).ToArray();
        GaugeHandle[] gauges;
        using (dashboard.Page("Few")) gauges = [.. Enumerable.Range(0, Few).Select(i => dashboard.Gauge($"few-{i}"))];
        Own(new Producer(
            i =>
            {
                foreach (var metric in metrics) metric.Send(i % 50);
                foreach (var gauge in gauges) gauge.Send(i % 100);
            },
            TimeSpan.FromMilliseconds(250)));
        var served = Own(await ServedEngine.StartAsync(dashboard));

        var page = await OpenAsync(new Uri(served.Url, $"?transport={transport}"));
        await page.ExpectConnectionAsync("live");
        await page.ExpectStateAsync("live", "many-0", "many-3");
        foreach (var id in new[] { "many-500", $"many-{Many - 1}", "many-40" })
        {
            await page.Widget(id).ScrollIntoViewIfNeededAsync();
            await page.ExpectStateAsync("live", id);
        }

        await page.Page.Context.SetOfflineAsync(true);
        served.Cut();
        await Limit.Until(async () => await page.Connection.GetAttributeAsync("data-connection") is "reconnecting" or "disconnected", "the page notices");
        var newest = await page.NewestAsync("many-40");
        await page.Page.Context.SetOfflineAsync(false);
        await page.ExpectConnectionAsync("live");
        await page.ExpectNewestAsync("many-40", newest + 1000);
        await page.ExpectStateAsync("live", "many-40");

        await PagesOf(page).GetByText("Few", new() { Exact = true }).ClickAsync();
        await page.ExpectStateAsync("live", [.. Enumerable.Range(0, Few).Select(i => $"few-{i}")]);
        Assert.Equal(0, await page.Widget("many-40").CountAsync());
        await PagesOf(page).GetByRole(AriaRole.Button).First.ClickAsync();
        await page.ExpectStateAsync("live", "many-0");

        await page.ExpectConnectionAsync("live");
        Assert.DoesNotContain(page.Messages, message => message.StartsWith("error: Uncaught", StringComparison.Ordinal));
        Assert.All(page.Sent, message => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(message), 1, MessageBytesMax));
        Assert.All(page.Requests, request => Assert.InRange(request.Length, 1, 7000));
    }

    private static ILocator PagesOf(DashboardPage page) => page.Page.GetByLabel("Pages");
}
