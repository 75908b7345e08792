using System.Globalization;
using Microsoft.Playwright;
using Weir.Engine.Tables;
using Weir.EndToEnd.Browser;

namespace Weir.EndToEnd.Dashboards;

public sealed class TableTests(Chromium chromium) : BrowserTest(chromium)
{
    private const int RowCount = 10_000;

    [Fact]
    public async Task Typed_cells_when_the_reader_is_in_another_zone_then_instants_move_and_days_and_long_numbers_stay()
    {
        var dashboard = Own(Sample.Create());
        var table = dashboard.Table("typed", new() { Key = "Id" });
        table.Send(new { Id = 9_007_199_254_740_993, At = new DateTimeOffset(2024, 5, 6, 20, 30, 0, TimeSpan.Zero), Day = new DateOnly(2024, 5, 6) });
        table.Send(new { Id = 9_007_199_254_740_995, At = new DateTimeOffset(2024, 5, 6, 2, 0, 0, TimeSpan.Zero), Day = new DateOnly(1969, 12, 31) });
        await dashboard.StartAsync(TestContext.Current.CancellationToken);

        var page = await OpenAsync(dashboard.Url!, new BrowserNewContextOptions { TimezoneId = "Pacific/Apia", ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });

        foreach (var text in new[] { "9007199254740993", "9007199254740995", "2024-05-07 09:30:00", "2024-05-06 15:00:00", "2024-05-06", "1969-12-31" })
            await Assertions.Expect(page.Widget("typed").GetByText(text, new() { Exact = true })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Table_when_a_header_is_clicked_then_the_server_sends_it_in_that_order()
    {
        var page = await OpenTableAsync();
        var first = page.Widget("items").Locator(".table-row").First;
        await Assertions.Expect(first.Locator(".cell").First).ToHaveTextAsync("0");
        page.Sent.Clear();

        await page.Widget("items").Locator("[data-column=score] button").ClickAsync();

        await Assertions.Expect(page.Widget("items").Locator("[data-column=score]")).ToHaveAttributeAsync("aria-sort", "descending");
        await Assertions.Expect(first.Locator(".cell").Nth(2)).ToHaveTextAsync((RowCount - 1).ToString(CultureInfo.InvariantCulture));
        await Assertions.Expect(first.Locator(".cell").First).ToHaveTextAsync(IdOfScore(RowCount - 1).ToString(CultureInfo.InvariantCulture));
        Assert.Contains(page.Sent, message => message.Contains("\"sort\":\"score\",\"descending\":true", StringComparison.Ordinal));

        await page.Widget("items").Locator("[data-column=score] button").ClickAsync();

        await Assertions.Expect(first.Locator(".cell").Nth(2)).ToHaveTextAsync("0");
        await Assertions.Expect(page.Widget("items").Locator("[data-column=score]")).ToHaveAttributeAsync("aria-sort", "ascending");
    }

    [Fact]
    public async Task Table_of_ten_thousand_rows_when_scrolled_deep_then_it_shows_the_rows_of_that_place()
    {
        var page = await OpenTableAsync();
        await Assertions.Expect(page.Widget("items").Locator(".table-row").First.Locator(".cell").First).ToHaveTextAsync("0");

        foreach (var row in new[] { 7000, 3, 9980, 5001 })
        {
            await page.Widget("items").Locator(".table-scroll").EvaluateAsync("(scroller, row) => { scroller.scrollTop = row * 32; }", row);

            await Assertions.Expect(page.Widget("items").Locator(".table-row.pending")).ToHaveCountAsync(0);
            // Row numbers count from one and the head is the first of them; the id of a row is its place.
            await page.Page.WaitForFunctionAsync(
                """
                row => {
                  const rows = [...document.querySelectorAll('[data-widget="items"] .table-row')].map(one => [Number(one.getAttribute('aria-rowindex')) - 2, one.firstElementChild.textContent, one.children[1].textContent]);
                  return rows.length > 10 && rows.some(([place]) => place === row) && rows.every(([place, id, name]) => id === String(place) && name === `item ${place}`);
                }
                """,
                row);
        }
        Assert.True(await page.Widget("items").Locator(".table-row").CountAsync() < 40, "The page holds the rows that are seen, not all.");
    }

    [Fact]
    public async Task Log_when_lines_come_then_it_follows_the_end_until_someone_scrolls_up()
    {
        var dashboard = Own(Sample.Create());
        var log = dashboard.Log("events", new LogOptions { MaxRows = 10_000 });
        for (var i = 0; i < 500; i++) log.Send($"line {i}", i % 50 == 0 ? LogSeverity.Error : LogSeverity.Information, "test");
        await dashboard.StartAsync(TestContext.Current.CancellationToken);
        var page = await OpenAsync(dashboard.Url!);
        var last = page.Widget("events").Locator(".log-row .log-message").Last;
        await Assertions.Expect(last).ToHaveTextAsync("line 499");
        log.Information("one more");
        await Assertions.Expect(last).ToHaveTextAsync("one more");
        await Assertions.Expect(page.Widget("events").GetByText("one more", new() { Exact = true })).ToBeInViewportAsync();

        await page.Widget("events").Locator(".log-scroll").HoverAsync();
        await page.Page.Mouse.WheelAsync(0, -2000);
        await Assertions.Expect(page.Widget("events").GetByText("one more", new() { Exact = true })).ToHaveCountAsync(0);
        var top = page.Widget("events").Locator(".log-row .log-message").First;
        // The browser scrolls smoothly; it stands once two looks agree.
        var shown = "";
        await Limit.Until(async () => shown == (shown = await top.TextContentAsync()), "the scrolling ends");
        for (var i = 0; i < 7; i++) log.Information($"late {i}");

        await Assertions.Expect(page.Widget("events").Locator(".log-new")).ToHaveTextAsync("7 new ↓");
        await Assertions.Expect(top).ToHaveTextAsync(shown!);
        await page.Widget("events").Locator(".log-new").ClickAsync();
        await Assertions.Expect(last).ToHaveTextAsync("late 6");
        log.Information("followed");
        await Assertions.Expect(last).ToHaveTextAsync("followed");
        await Assertions.Expect(page.Widget("events").Locator(".log-new")).ToBeHiddenAsync();
    }

    /// <summary>A mixture of 0 to 9,999 that is no order of the ids: 7,919 and 10,000 have no common factor.</summary>
    private static int Score(int id) => id * 7919 % RowCount;

    private static int IdOfScore(int score) => Enumerable.Range(0, RowCount).First(id => Score(id) == score);

    private async Task<DashboardPage> OpenTableAsync()
    {
        var dashboard = Own(Sample.Create());
        var table = dashboard.Table("items", new TableOptions
        {
            Columns = [new TableColumn("id", ColumnType.Number), new TableColumn("name"), new TableColumn("score", ColumnType.Number)],
            Span = 2,
        });
        for (var i = 0; i < RowCount; i++) table.Send(new { id = i, name = $"item {i}", score = Score(i) });
        await dashboard.StartAsync(TestContext.Current.CancellationToken);
        var page = await OpenAsync(dashboard.Url!);
        await page.ExpectStateAsync("live", "items");
        return page;
    }
}
