using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using Weir.EndToEnd.Browser;
using Weir.EndToEnd.Servers;

namespace Weir.EndToEnd.Commands;

public sealed class DemoTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task Demo_when_it_is_opened_then_the_machine_is_live_and_sigterm_ends_it_in_order()
    {
        var weir = Own(WeirProcess.Start("demo", "--no-browser", "--port", "0"));
        var url = await weir.ServesAsync();
        await Limit.Until(async () => (await WeirProcess.SeriesAsync(url)).Length >= 20, "twenty series");

        var page = await OpenAsync(url);

        await page.ExpectConnectionAsync("live");
        await page.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('[data-state=live]')].filter(card => card.querySelector('canvas')).length >= 8");
        // What is out of sight is not drawn before it is scrolled to.
        await page.Page.Locator("[data-kind=table]").ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(page.Page.Locator("[data-kind=table][data-state=live] .table-row").First).ToBeVisibleAsync();
        await page.Page.Locator("[data-kind=log]").ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(page.Page.Locator("[data-kind=log][data-state=live] .log-row").First).ToBeVisibleAsync();
        var newest = await page.NewestAsync("system.cpu");
        await page.ExpectNewestAsync("system.cpu", newest + 2000);
        Assert.DoesNotContain(page.Messages, message => message.StartsWith("error", StringComparison.Ordinal));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Weir itself", Exact = true }).ClickAsync();
        await page.ExpectStateAsync("live", "weir.points", "runtime.memory");

        await weir.TerminateAsync();

        Assert.Equal(0, await weir.ExitsAsync());
        await Limit.Until(async () => await page.Connection.GetAttributeAsync("data-connection") is "reconnecting" or "disconnected", "the page notices");
    }

    [Fact]
    public async Task Demo_when_the_port_asked_for_is_taken_then_it_fails_and_names_it()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var weir = Own(WeirProcess.Start("demo", "--no-browser", "--port", port));

        Assert.Equal(1, await weir.ExitsAsync());

        Assert.Contains($"Port {port} is in use", weir.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", weir.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_when_no_port_is_asked_for_and_the_first_is_taken_then_it_takes_the_next_and_says_so()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 3000);
        if (FreePort.IsFree(3000)) taken.Start();
        var weir = Own(WeirProcess.Start("demo", "--no-browser"));

        var url = await weir.ServesAsync();

        Assert.InRange(url.Port, 3001, 3099);
        Assert.Contains($"Port 3000 is taken; this is on {url.Port}.", weir.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--prot", "--port")]
    [InlineData("--no-brower", "--no-browser")]
    public async Task Demo_when_an_option_is_misspelled_then_it_says_which_was_meant(string given, string meant)
    {
        var weir = Own(WeirProcess.Start("demo", given));

        Assert.Equal(2, await weir.ExitsAsync());

        Assert.Contains(given, weir.Text, StringComparison.Ordinal);
        Assert.Contains($"did you mean '{meant}'", weir.Text, StringComparison.OrdinalIgnoreCase);
    }
}
