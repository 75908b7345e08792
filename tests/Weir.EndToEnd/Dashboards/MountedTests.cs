using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Weir.EndToEnd.Browser;

namespace Weir.EndToEnd.Dashboards;

public sealed class MountedTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task Dashboard_when_it_is_mounted_in_an_application_then_it_works_under_its_path()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var dashboard = builder.AddWeir(options => options.Title = "Mounted");
        Own(Sample.Feed(dashboard));
        var application = Own(builder.Build());
        application.MapGet("/", () => "The application itself.");
        application.MapWeir("/live");
        await application.StartAsync(TestContext.Current.CancellationToken);
        var root = new Uri(application.Urls.First());
        var page = await NewPageAsync();

        await page.GoAsync(new Uri(root, "/live"));

        Assert.Equal("/live/", new Uri(page.Page.Url).AbsolutePath);
        await page.ExpectConnectionAsync("live");
        await page.ExpectTransportAsync("ws");
        await page.ExpectStateAsync("live", [.. Sample.Charts, .. Sample.Rows]);
        await page.ExpectNewestAsync("load", await page.NewestAsync("load") + 1000);
        Assert.Empty(page.Messages);
        Assert.All(page.Requests.Where(request => new Uri(request).AbsolutePath != "/live"), request => Assert.StartsWith("/live/", new Uri(request).AbsolutePath, StringComparison.Ordinal));
        await page.GoAsync(root);
        Assert.Contains("The application itself.", await page.Page.ContentAsync(), StringComparison.Ordinal);
    }
}
