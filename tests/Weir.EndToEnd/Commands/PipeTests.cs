using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Weir.EndToEnd.Browser;
using Weir.EndToEnd.Servers;

namespace Weir.EndToEnd.Commands;

public sealed class PipeTests(Chromium chromium) : BrowserTest(chromium)
{
    private static readonly string[] VmstatHead =
    [
        "procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----",
        " r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st",
    ];

    [Fact]
    public async Task Vmstat_when_it_is_piped_in_then_its_groups_are_charts()
    {
        await PipeAsync(
            [],
            VmstatHead,
            i => string.Create(CultureInfo.InvariantCulture, $"{1 + i % 4,2}  0      0 23003968   3372 989728    0    0   {i % 461,3}   373 {1200 + i % 50,4} {2800 + i % 90,4} {i % 90,2}  3 {90 - i % 90,2}  0  0"),
            series: ["procs.r", "memory.free", "cpu.us", "cpu.id"],
            charts: ["memory", "cpu"]);
    }

    [Fact]
    public async Task Json_lines_when_they_are_piped_in_then_their_numbers_are_charts()
    {
        await PipeAsync(
            [],
            [],
            i => string.Create(CultureInfo.InvariantCulture, $$"""{"queue":{{i % 7}},"cpu":{"user":{{10 + i % 20}},"system":{{3 + i % 4}}},"took":"{{2 + i % 5}}ms"}"""),
            series: ["queue", "cpu.user", "cpu.system", "took"],
            charts: ["queue", "took"]);
    }

    [Fact]
    public async Task Csv_when_it_is_piped_in_then_its_head_names_the_charts()
    {
        await PipeAsync(
            [],
            ["load,requests,errors"],
            i => string.Create(CultureInfo.InvariantCulture, $"{0.5 + i % 10 / 10.0:F1},{100 + i % 30},{i % 3}"),
            series: ["load", "requests", "errors"],
            charts: ["load", "requests", "errors"]);
    }

    [Fact]
    public async Task Ping_when_a_regular_expression_reads_it_then_the_named_group_is_a_chart()
    {
        await PipeAsync(
            ["--regex", @"icmp_seq=\d+ ttl=(?<ttl>\d+) time=(?<rtt>[\d.]+)"],
            ["PING localhost (127.0.0.1) 56(84) bytes of data."],
            i => string.Create(CultureInfo.InvariantCulture, $"64 bytes from localhost (127.0.0.1): icmp_seq={i + 1} ttl=64 time=0.0{20 + i % 60} ms"),
            series: ["rtt", "ttl"],
            charts: ["rtt", "ttl"]);
    }

    private async Task PipeAsync(string[] options, string[] head, Func<int, string> line, string[] series, string[] charts)
    {
        var weir = Own(WeirProcess.Start(["pipe", "--no-browser", "--port", "0", .. options]));
        var url = await weir.ServesAsync();
        foreach (var one in head) await weir.Input.WriteLineAsync(one);
        var producer = Own(new Producer(
            i =>
            {
                weir.Input.WriteLine(line(i));
                weir.Input.Flush();
            },
            TimeSpan.FromMilliseconds(100)));

        await Limit.Until(async () => series.Except(await WeirProcess.SeriesAsync(url)).ToArray().Length == 0, $"the series {string.Join(", ", series)}");
        var page = await OpenAsync(url);

        foreach (var title in charts)
        {
            // The heading may tell the unit as well: "cpu (%)".
            var heading = page.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex($@"^{title}( \(.*\))?$") });
            var card = page.Page.Locator("[data-widget]", new() { Has = heading });
            await card.ScrollIntoViewIfNeededAsync();
            await Assertions.Expect(card).ToHaveAttributeAsync("data-state", "live");
            await Assertions.Expect(card.Locator("canvas").First).ToBeVisibleAsync();
        }
        await page.Widget("input").ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(page.Widget("input")).ToContainTextAsync("lines");
        Assert.DoesNotContain(page.Messages, message => message.StartsWith("error", StringComparison.Ordinal));
        await producer.DisposeAsync();
        weir.Input.Close();
        await Assertions.Expect(page.Widget("input")).ToContainTextAsync("the input has ended");
        await weir.TerminateAsync();
        Assert.Equal(0, await weir.ExitsAsync());
    }
}
