using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Weir.EndToEnd.Browser;

namespace Weir.EndToEnd.Dashboards;

public sealed class FirstSightTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task Opened_page_when_every_kind_of_widget_has_data_then_all_are_live_and_nothing_is_amiss()
    {
        var dashboard = Own(Sample.Create());
        var producer = Own(Sample.Feed(dashboard));
        await dashboard.StartAsync(TestContext.Current.CancellationToken);
        var page = await NewPageAsync();
        await page.Page.AddInitScriptAsync("window.refused = []; addEventListener('securitypolicyviolation', event => refused.push(event.violatedDirective + ' ' + event.blockedURI));");

        await page.GoAsync(dashboard.Url!);

        await page.ExpectStateAsync("live", [.. Sample.Charts, .. Sample.Rows]);
        await page.ExpectConnectionAsync("live");
        await page.ExpectTransportAsync("ws");
        await page.ExpectRangeAsync("live");
        await Assertions.Expect(page.Page).ToHaveTitleAsync("Sample · Weir");
        await Assertions.Expect(page.Widget("latency").Locator(".legend-item")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Widget("servers").GetByText("server-4", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.Widget("events").Locator(".log-message").First).ToHaveTextAsync(new Regex(@"^Round \d+$"));
        // What is out of sight is not drawn before it is scrolled to.
        await page.Widget("notes").ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(page.Widget("note")).ToContainTextAsync("All is well.");
        await Assertions.Expect(page.Widget("notes").Locator("strong")).ToHaveTextAsync("one");
        await producer.SendsAsync(20);
        await page.ExpectStateAsync("live", [.. Sample.Charts, .. Sample.Rows]);
        Assert.Empty(page.Messages);
        Assert.Empty(await page.Page.EvaluateAsync<string[]>("() => window.refused"));
        Assert.All(page.Requests, request => Assert.Equal("127.0.0.1", new Uri(request).Host));
        Assert.NotEmpty(page.Requests);
    }

    [Fact]
    public async Task Opened_page_when_nothing_was_ever_sent_then_it_says_how_and_shows_the_first_value_without_reload()
    {
        var dashboard = Own(Sample.Create());
        await dashboard.StartAsync(TestContext.Current.CancellationToken);
        var page = await OpenAsync(dashboard.Url!);
        await Assertions.Expect(page.Page.GetByText("Nothing is being sent yet")).ToBeVisibleAsync();
        await page.MarkAsync();

        Own(Sample.Feed(dashboard));

        await page.ExpectStateAsync("live", [.. Sample.Charts, .. Sample.Rows]);
        Assert.False(await page.WasReloadedAsync());
        Assert.Empty(page.Messages);
    }

    [Fact]
    public async Task Widget_when_it_was_made_but_not_sent_to_then_it_is_empty_and_its_first_data_shows()
    {
        var dashboard = Own(Sample.Create());
        var metric = dashboard.Metric("later");
        var table = dashboard.Table("rows");
        var log = dashboard.Log("lines");
        await dashboard.StartAsync(TestContext.Current.CancellationToken);
        var page = await OpenAsync(dashboard.Url!);
        await page.ExpectStateAsync("empty", "later", "lines", "rows");

        metric.Send(1);
        table.Send(new { name = "first" });
        log.Information("first");

        await page.ExpectStateAsync("live", "later", "lines", "rows");
        await Assertions.Expect(page.Widget("rows").GetByText("first", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Live_page_when_time_goes_on_then_the_picture_and_the_numbers_move()
    {
        var dashboard = Own(Sample.Create());
        Own(Sample.Feed(dashboard));
        await dashboard.StartAsync(TestContext.Current.CancellationToken);
        var page = await OpenAsync(dashboard.Url!);
        await page.ExpectStateAsync("live", Sample.Charts);
        var newest = await page.NewestAsync("load");
        var (load, latency, sparkline) = (await page.PictureAsync("load"), await page.PictureAsync("latency"), await page.PictureAsync("orders"));
        var number = page.Widget("orders").Locator(".number");
        var orders = await number.TextContentAsync();

        await page.ExpectNewestAsync("load", newest + 1000);

        await page.ExpectNewestAsync("latency", newest + 1000);
        await page.ExpectOtherPictureAsync("load", load);
        await page.ExpectOtherPictureAsync("latency", latency);
        await page.ExpectOtherPictureAsync("orders", sparkline);
        await Assertions.Expect(number).Not.ToHaveTextAsync(orders!);
    }
}
