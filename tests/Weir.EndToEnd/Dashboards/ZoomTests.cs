using Microsoft.Playwright;
using Weir.EndToEnd.Browser;

namespace Weir.EndToEnd.Dashboards;

public sealed class ZoomTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task Chart_when_dragged_over_then_every_chart_shows_that_stretch_and_zero_returns_to_live()
    {
        var dashboard = Own(Sample.Create());
        Own(Sample.Feed(dashboard));
        await dashboard.StartAsync(TestContext.Current.CancellationToken);
        var page = await OpenAsync(dashboard.Url!);
        await page.ExpectStateAsync("live", Sample.Charts);
        await page.ExpectNewestAsync("load", await page.NewestAsync("load") + 2000);
        page.Sent.Clear();

        await DragAsync(page, "load", from: 0.9, to: 0.999);

        await page.ExpectRangeAsync("zoomed");
        await Limit.Until(() => page.Sent.Any(message => IsFixed(message, "load") && IsFixed(message, "latency")), "the charts ask for the stretch");
        await Assertions.Expect(page.Page.Locator(".zoomed")).ToContainTextAsync("zoomed");
        // Six seconds in as many columns as a minute had: the picture stands still, with more columns than the live one had for them.
        var still = await page.StillPictureAsync("load");
        Assert.Equal(still, await page.PictureAsync("load"));
        Assert.Contains("from=", page.Page.Url, StringComparison.Ordinal);
        page.Sent.Clear();

        await page.Page.Keyboard.PressAsync("0");

        await page.ExpectRangeAsync("live");
        await Limit.Until(() => page.Sent.Any(message => message.Contains("\"range\":60000", StringComparison.Ordinal)), "the charts ask for the live range");
        await page.ExpectOtherPictureAsync("load", still);
        await page.ExpectNewestAsync("load", await page.NewestAsync("load") + 500);
        await page.ExpectStateAsync("live", Sample.Charts);
    }

    [Fact]
    public async Task Zoomed_page_when_its_address_is_opened_elsewhere_then_it_shows_the_same_stretch()
    {
        var dashboard = Own(Sample.Create());
        Own(Sample.Feed(dashboard));
        await dashboard.StartAsync(TestContext.Current.CancellationToken);
        var page = await OpenAsync(dashboard.Url!);
        await page.ExpectStateAsync("live", "load");
        await page.ExpectNewestAsync("load", await page.NewestAsync("load") + 2000);
        await DragAsync(page, "load", from: 0.9, to: 0.999);
        await page.ExpectRangeAsync("zoomed");
        await Limit.Until(() => page.Page.Url.Contains("from=", StringComparison.Ordinal), "the address tells the stretch");

        var other = await OpenAsync(new Uri(page.Page.Url));

        await other.ExpectRangeAsync("zoomed");
        await other.ExpectStateAsync("live", "load");
        await Assertions.Expect(other.Page).ToHaveURLAsync(page.Page.Url);
    }

    private static bool IsFixed(string message, string widget) => message.Contains($$"""{"widget":"{{widget}}","from":""", StringComparison.Ordinal);

    private static async Task DragAsync(DashboardPage page, string widget, double from, double to)
    {
        var over = page.Widget(widget).Locator(".u-over");
        await over.ScrollIntoViewIfNeededAsync();
        var box = (await over.BoundingBoxAsync())!;
        var y = box.Y + box.Height / 2;
        await page.Page.Mouse.MoveAsync(box.X + (float)(box.Width * from), y);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + (float)(box.Width * to), y, new MouseMoveOptions { Steps = 8 });
        await page.Page.Mouse.UpAsync();
    }
}
