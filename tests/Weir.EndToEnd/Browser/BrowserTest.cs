using Microsoft.Playwright;

namespace Weir.EndToEnd.Browser;

/// <summary>A test with pages of its own; when it fails, pictures of them are kept in the folder weir-failures of the temporary files.</summary>
public abstract class BrowserTest(Chromium chromium) : IAsyncLifetime
{
    private readonly List<DashboardPage> _pages = [];
    private readonly List<IAsyncDisposable> _owned = [];

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed) await KeepPicturesAsync();
        foreach (var page in _pages) await page.Page.Context.DisposeAsync();
        for (var i = _owned.Count - 1; i >= 0; i--) await _owned[i].DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes it when the test is over.</summary>
    protected T Own<T>(T owned)
        where T : IAsyncDisposable
    {
        _owned.Add(owned);
        return owned;
    }

    /// <summary>A page in a context of its own, not yet anywhere.</summary>
    private protected async Task<DashboardPage> NewPageAsync(BrowserNewContextOptions? options = null)
    {
        var context = await chromium.OpenAsync(options ?? new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });
        context.SetDefaultTimeout((float)Limit.Patience.TotalMilliseconds);
        var page = new DashboardPage(await context.NewPageAsync());
        _pages.Add(page);
        return page;
    }

    private protected async Task<DashboardPage> OpenAsync(Uri url, BrowserNewContextOptions? options = null)
    {
        var page = await NewPageAsync(options);
        await page.GoAsync(url);
        return page;
    }

    private async Task KeepPicturesAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "weir-failures")).FullName;
        var name = TestContext.Current.TestMethod?.MethodName ?? "test";
        for (var i = 0; i < _pages.Count; i++)
        {
            var path = Path.Combine(folder, $"{name}-{i}");
            try
            {
                await _pages[i].Page.ScreenshotAsync(new PageScreenshotOptions { Path = path + ".png", FullPage = true, Timeout = 5000 });
            }
            catch (Exception e) when (e is PlaywrightException or TimeoutException)
            {
                _pages[i].Messages.Enqueue($"No picture: {e.Message}");
            }
            await File.WriteAllLinesAsync(path + ".txt", _pages[i].Messages);
        }
    }
}
