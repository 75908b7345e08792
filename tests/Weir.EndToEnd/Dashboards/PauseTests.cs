using Microsoft.Playwright;
using Weir.EndToEnd.Browser;

namespace Weir.EndToEnd.Dashboards;

public sealed class PauseTests(Chromium chromium) : BrowserTest(chromium)
{
    /// <summary>Wider than two columns of any chart here.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(300);

    [Theory]
    [InlineData("space", "ws")]
    [InlineData("button", "ws")]
    [InlineData("button", "sse")]
    public async Task Paused_page_when_data_goes_on_then_the_picture_stands_and_resuming_catches_up(string by, string transport)
    {
        var dashboard = Own(Sample.Create());
        var producer = Own(Sample.Feed(dashboard));
        await dashboard.StartAsync(TestContext.Current.CancellationToken);
        var page = await OpenAsync(new Uri(dashboard.Url!, $"?transport={transport}"));
        await page.ExpectStateAsync("live", Sample.Charts);
        await page.ExpectTransportAsync(transport);

        await ToggleAsync(page, by);
        await page.ExpectConnectionAsync("paused");
        var sentBefore = producer.Count;
        var picture = await page.StillPictureAsync("load");
        // The page tells how many columns it holds twice a second at most, so what it says may be older than its picture.
        var points = -1L;
        while (points != await page.PointsAsync("load"))
        {
            points = await page.PointsAsync("load");
            await producer.SendsAsync(60);
        }
        var (newest, ingested) = (await page.NewestAsync("load"), dashboard.Engine.Counters.Appended);
        await producer.SendsAsync(60);
        Assert.Equal(picture, await page.PictureAsync("load"));
        Assert.Equal(points, await page.PointsAsync("load"));
        Assert.True(dashboard.Engine.Counters.Appended >= ingested + 60, "Pausing a page must not pause the ingest.");
        await Assertions.Expect(page.Page.Locator(".pause")).ToContainTextAsync("behind");

        await ToggleAsync(page, by);
        await page.ExpectConnectionAsync("live");
        await page.ExpectNewestAsync("load", newest + 1000);
        await page.ExpectPointsAsync("load", points + producer.CountApart(sentBefore, Apart) - 1);
        await page.ExpectOtherPictureAsync("load", picture);
        await page.ExpectStateAsync("live", Sample.Charts);
    }

    [Fact]
    public async Task Hidden_page_when_data_goes_on_then_none_is_sent_and_it_catches_up_once_when_seen_again()
    {
        var dashboard = Own(Sample.Create());
        var producer = Own(Sample.Feed(dashboard));
        await dashboard.StartAsync(TestContext.Current.CancellationToken);
        var page = await NewPageAsync();
        await page.Page.AddInitScriptAsync(
            """
            let seen = true;
            Object.defineProperty(Document.prototype, 'hidden', { get: () => !seen });
            Object.defineProperty(Document.prototype, 'visibilityState', { get: () => (seen ? 'visible' : 'hidden') });
            window.show = value => { seen = value; document.dispatchEvent(new Event('visibilitychange')); };
            """);
        await page.GoAsync(dashboard.Url!);
        await page.ExpectStateAsync("live", Sample.Charts);
        await producer.SendsAsync(10);

        await page.Page.EvaluateAsync("() => window.show(false)");
        await Limit.Until(() => page.Sent.Any(message => message.Contains("\"pause\"", StringComparison.Ordinal)), "the page pauses");
        // What was on its way comes in; then nothing does.
        var received = -1;
        while (received != page.DataMessages)
        {
            received = page.DataMessages;
            await producer.SendsAsync(10);
        }
        var sentBefore = producer.Count;
        var points = await page.PointsAsync("load");
        await producer.SendsAsync(40);
        Assert.Equal(received, page.DataMessages);

        page.Sent.Clear();
        await page.Page.EvaluateAsync("() => window.show(true)");
        await page.ExpectPointsAsync("load", points + producer.CountApart(sentBefore, Apart) - 1);
        Assert.Equal("""{"type":"resume"}""", Assert.Single(page.Sent));
        await page.ExpectStateAsync("live", Sample.Charts);
    }

    private static Task ToggleAsync(DashboardPage page, string by) =>
        by == "space" ? page.Page.Keyboard.PressAsync("Space") : page.Page.Locator("button.pause").ClickAsync();
}
