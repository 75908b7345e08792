using Weir.EndToEnd.Browser;
using Weir.EndToEnd.Servers;

namespace Weir.EndToEnd.Dashboards;

public sealed class ReconnectTests(Chromium chromium) : BrowserTest(chromium)
{
    [Theory]
    [InlineData("ws")]
    [InlineData("sse")]
    public async Task Page_when_the_server_stops_and_starts_then_it_comes_back_by_itself_with_all_it_had(string transport)
    {
        var dashboard = Own(Sample.Create(FreePort.Take()));
        Own(Sample.Feed(dashboard));
        await dashboard.StartAsync(TestContext.Current.CancellationToken);
        var page = await OpenAsync(new Uri(dashboard.Url!, $"?transport={transport}"));
        await page.ExpectStateAsync("live", Sample.Charts);
        await page.ExpectPointsAsync("load", 20);
        await page.MarkAsync();
        var points = await page.PointsAsync("load");
        await page.WatchPointsAsync("load");

        await dashboard.StopAsync(TestContext.Current.CancellationToken);
        await Limit.Until(async () => await page.Connection.GetAttributeAsync("data-connection") is "reconnecting" or "disconnected", "the page notices");
        await page.ExpectStateAsync("stale", Sample.Charts);
        await dashboard.StartAsync(TestContext.Current.CancellationToken);

        await page.ExpectConnectionAsync("live");
        await page.ExpectStateAsync("live", [.. Sample.Charts, .. Sample.Rows]);
        await page.ExpectPointsAsync("load", points + 20);
        Assert.False(await page.WasReloadedAsync());
        Assert.True(await page.FewestPointsAsync() >= points, "The page forgot what it had shown.");
    }

    [Fact]
    public async Task Page_when_another_program_takes_the_servers_place_then_its_points_join_those_shown()
    {
        var port = FreePort.Take();
        var first = Sample.Create(port);
        var firstProducer = Sample.Feed(first);
        await first.StartAsync(TestContext.Current.CancellationToken);
        var page = await OpenAsync(first.Url!);
        await page.ExpectStateAsync("live", Sample.Charts);
        await page.ExpectPointsAsync("load", 20);
        await page.ExpectPointsAsync("latency", 60);
        await page.MarkAsync();
        var (points, newest) = (await page.PointsAsync("latency"), await page.NewestAsync("latency"));
        await page.WatchPointsAsync("latency");
        await firstProducer.DisposeAsync();
        await first.DisposeAsync();
        await Limit.Until(async () => await page.Connection.GetAttributeAsync("data-connection") is "reconnecting" or "disconnected", "the page notices");

        var second = Own(Sample.Create(port));
        Own(Sample.Feed(second));
        await second.StartAsync(TestContext.Current.CancellationToken);

        await page.ExpectConnectionAsync("live");
        await page.ExpectNewestAsync("latency", newest + 1000);
        await page.ExpectPointsAsync("latency", points + 30);
        await page.ExpectStateAsync("live", [.. Sample.Charts, .. Sample.Rows]);
        Assert.False(await page.WasReloadedAsync());
        Assert.True(await page.FewestPointsAsync() >= points, "The page forgot what the first server had sent.");
    }

    [Theory]
    [InlineData("ws")]
    [InlineData("sse")]
    public async Task Page_when_its_connection_is_cut_then_it_reconnects_and_misses_nothing(string transport)
    {
        var dashboard = Own(Sample.Create());
        var producer = Own(Sample.Feed(dashboard));
        var served = Own(await ServedEngine.StartAsync(dashboard));
        var page = await OpenAsync(new Uri(served.Url, $"?transport={transport}"));
        await page.ExpectStateAsync("live", Sample.Charts);
        await page.ExpectPointsAsync("load", 10);
        var (points, newest, sentBefore) = (await page.PointsAsync("load"), await page.NewestAsync("load"), producer.Count);
        await page.WatchPointsAsync("load");

        await page.Page.Context.SetOfflineAsync(true);
        served.Cut();
        await Limit.Until(async () => await page.Connection.GetAttributeAsync("data-connection") is "reconnecting" or "disconnected", "the page notices");
        await producer.SendsAsync(40);
        await page.Page.Context.SetOfflineAsync(false);

        await page.ExpectConnectionAsync("live");
        await page.ExpectNewestAsync("load", newest + 1500);
        await page.ExpectPointsAsync("load", points + producer.CountApart(sentBefore, TimeSpan.FromMilliseconds(300)) - 1);
        await page.ExpectStateAsync("live", Sample.Charts);
        Assert.True(await page.FewestPointsAsync() >= points, "The page forgot what it had shown.");
    }

    [Fact]
    public async Task Page_when_events_are_asked_for_then_it_shows_all_over_them()
    {
        var dashboard = Own(Sample.Create());
        Own(Sample.Feed(dashboard));
        await dashboard.StartAsync(TestContext.Current.CancellationToken);

        var page = await OpenAsync(new Uri(dashboard.Url!, "?transport=sse"));

        await page.ExpectTransportAsync("sse");
        await page.ExpectStateAsync("live", [.. Sample.Charts, .. Sample.Rows]);
        await page.ExpectNewestAsync("latency", await page.NewestAsync("latency") + 1000);
        Assert.DoesNotContain(page.Requests, request => request.StartsWith("ws:", StringComparison.Ordinal));
        Assert.DoesNotContain(page.Messages, message => message.StartsWith("error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_when_websockets_are_refused_then_it_goes_over_to_events_by_itself()
    {
        var dashboard = Own(Sample.Create());
        Own(Sample.Feed(dashboard));
        var served = Own(await ServedEngine.StartAsync(dashboard));
        served.RefusesWebSockets = true;

        var page = await OpenAsync(served.Url);

        await page.ExpectTransportAsync("sse");
        await page.ExpectConnectionAsync("live");
        await page.ExpectStateAsync("live", [.. Sample.Charts, .. Sample.Rows]);
        await page.ExpectNewestAsync("load", await page.NewestAsync("load") + 1000);
    }
}
