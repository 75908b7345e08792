using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Playwright;

namespace Weir.EndToEnd.Browser;

/// <summary>The dashboard in a browser, as a person and its data attributes show it.</summary>
internal sealed class DashboardPage
{
    private const string PictureOf = "id => [...document.querySelectorAll(`[data-widget=\"${id}\"] canvas`)].map(canvas => canvas.toDataURL()).join()";

    public DashboardPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Messages.Enqueue($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Messages.Enqueue($"error: {error}");
        page.Request += (_, request) => Requests.Enqueue(request.Url);
        page.RequestFailed += (_, request) => Messages.Enqueue($"failed: {request.Url}: {request.Failure}");
        page.WebSocket += (_, socket) =>
        {
            Requests.Enqueue(socket.Url);
            socket.FrameReceived += (_, frame) => Count(frame);
            socket.FrameSent += (_, frame) => Sent.Enqueue(frame.Text ?? "");
        };
    }

    public IPage Page { get; }

    /// <summary>What the browser's console said, and what failed to load.</summary>
    public ConcurrentQueue<string> Messages { get; } = new();

    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>What the page sent over WebSockets.</summary>
    public ConcurrentQueue<string> Sent { get; } = new();

    /// <summary>Messages with data that came over WebSockets.</summary>
    public int DataMessages => _dataMessages;

    private int _dataMessages;

    public ILocator Connection => Page.Locator("[data-connection]");

    public ILocator Root => Page.Locator("html");

    public ILocator Widget(string id) => Page.Locator($"[data-widget=\"{id}\"]");

    public Task GoAsync(Uri url) => Page.GotoAsync(url.AbsoluteUri);

    public Task ExpectConnectionAsync(string state) => Assertions.Expect(Connection).ToHaveAttributeAsync("data-connection", state);

    public async Task ExpectStateAsync(string state, params string[] widgets)
    {
        foreach (var id in widgets) await Assertions.Expect(Widget(id)).ToHaveAttributeAsync("data-state", state);
    }

    public Task ExpectTransportAsync(string kind) => Assertions.Expect(Connection).ToHaveAttributeAsync("data-transport", kind);

    public Task ExpectRangeAsync(string range) => Assertions.Expect(Root).ToHaveAttributeAsync("data-range", range);

    /// <summary>Columns that a chart holds.</summary>
    public Task<long> PointsAsync(string id) => NumberAsync(id, "data-points");

    /// <summary>Server time of a chart's newest column, Unix milliseconds.</summary>
    public Task<long> NewestAsync(string id) => NumberAsync(id, "data-newest");

    public Task ExpectPointsAsync(string id, long atLeast) => ExpectNumberAsync(id, "points", atLeast);

    public Task ExpectNewestAsync(string id, long atLeast) => ExpectNumberAsync(id, "newest", atLeast);

    /// <summary>What the canvases of a widget show, as text that is equal when they are.</summary>
    public Task<string> PictureAsync(string id) => Page.EvaluateAsync<string>(PictureOf, id);

    public Task ExpectOtherPictureAsync(string id, string than) =>
        Page.WaitForFunctionAsync($"([id, before]) => ({PictureOf})(id) !== before", new[] { id, than });

    /// <summary>The picture once it has stood still for three tenths of a second of frames.</summary>
    public Task<string> StillPictureAsync(string id) => Page.EvaluateAsync<string>(
        $$"""
        id => new Promise((resolve, reject) => {
          const picture = {{PictureOf}};
          const begun = performance.now();
          let [last, since] = ['', begun];
          const look = now => {
            const current = picture(id);
            if (current !== last) [last, since] = [current, now];
            if (now - since > 300) resolve(current);
            else if (now - begun > 30000) reject(new Error('The picture never stands still.'));
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        })
        """,
        id);

    /// <summary>Marks the page, so that a reload would show; see <see cref="WasReloadedAsync"/>.</summary>
    public Task MarkAsync() => Page.EvaluateAsync("() => { window.marked = true; }");

    public async Task<bool> WasReloadedAsync() => !await Page.EvaluateAsync<bool>("() => window.marked === true");

    /// <summary>Notes from now on how few columns a widget ever showed; see <see cref="FewestPointsAsync"/>.</summary>
    public Task WatchPointsAsync(string id) => Page.EvaluateAsync(
        """
        id => {
          const card = document.querySelector(`[data-widget="${id}"]`);
          const look = () => { window.fewest = Math.min(window.fewest, Number(card.dataset.points)); };
          window.fewest = Infinity;
          new MutationObserver(look).observe(card, { attributes: true });
          look();
        }
        """,
        id);

    public Task<long> FewestPointsAsync() => Page.EvaluateAsync<long>("() => window.fewest");

    private async Task<long> NumberAsync(string id, string attribute) =>
        long.Parse(await Widget(id).GetAttributeAsync(attribute) ?? "0", CultureInfo.InvariantCulture);

    private Task<IJSHandle> ExpectNumberAsync(string id, string name, long atLeast) => Page.WaitForFunctionAsync(
        "([id, name, least]) => Number(document.querySelector(`[data-widget=\"${id}\"]`)?.dataset[name] ?? 0) >= least", new object[] { id, name, atLeast });

    private void Count(IWebSocketFrame frame)
    {
        // A text frame is told as text, a binary one as bytes alone.
        if (frame.Text is null || frame.Text.StartsWith("{\"type\":\"window\"", StringComparison.Ordinal)) Interlocked.Increment(ref _dataMessages);
    }
}
