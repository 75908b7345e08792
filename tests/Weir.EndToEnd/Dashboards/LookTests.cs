using Microsoft.Playwright;
using Weir.EndToEnd.Browser;

namespace Weir.EndToEnd.Dashboards;

public sealed class LookTests(Chromium chromium) : BrowserTest(chromium)
{
    /// <summary>What WCAG 2.2 AA asks of text.</summary>
    private const double ContrastMin = 4.5;

    /// <summary>Every text that is seen with its contrast to what is behind it, where that is too little.</summary>
    private const string FaintTexts =
        """
        least => {
          const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const rgba = color => {
            pixel.clearRect(0, 0, 1, 1);
            pixel.fillStyle = color;
            pixel.fillRect(0, 0, 1, 1);
            return [...pixel.getImageData(0, 0, 1, 1).data];
          };
          const over = (top, below) => [0, 1, 2].map(i => (top[i] * top[3] + below[i] * (255 - top[3])) / 255).concat(255);
          const luminance = ([r, g, b]) => {
            const [x, y, z] = [r, g, b].map(one => one / 255).map(one => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
            return 0.2126 * x + 0.7152 * y + 0.0722 * z;
          };
          const contrast = (a, b) => {
            const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
            return (high + 0.05) / (low + 0.05);
          };
          const behind = element => element === null ? [255, 255, 255, 255] : over(rgba(getComputedStyle(element).backgroundColor), behind(element.parentElement));
          const faint = [];
          for (const element of document.body.querySelectorAll('*')) {
            const text = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data.trim()).join('');
            const box = element.getBoundingClientRect();
            if (text === '' || box.width < 2 || box.height < 2 || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
            const ground = behind(element);
            const found = contrast(over(rgba(getComputedStyle(element).color), ground), ground);
            if (found < least) faint.push(`${element.tagName}.${element.className} "${text}": ${found.toFixed(2)}`);
          }
          return faint;
        }
        """;

    /// <summary>The tokens that text is written in, against those that it is written on, where the contrast is too little.</summary>
    private const string FaintTokens =
        """
        least => {
          const style = getComputedStyle(document.documentElement);
          const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const channels = name => {
            const color = style.getPropertyValue(name).trim();
            if (!CSS.supports('color', color)) throw new Error(`${name} is ${color}`);
            pixel.fillStyle = color;
            pixel.fillRect(0, 0, 1, 1);
            return [...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3).map(one => one / 255).map(one => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
          };
          const luminance = name => channels(name).reduce((sum, one, i) => sum + one * [0.2126, 0.7152, 0.0722][i], 0);
          const contrast = (a, b) => {
            const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
            return (high + 0.05) / (low + 0.05);
          };
          const pairs = ['--text', '--text-muted'].flatMap(text => ['--page', '--card', '--raised', '--hover'].map(ground => [text, ground]))
            .concat(['--accent', '--good', '--warning', '--critical'].map(text => [text, '--card']), [['--on-accent', '--accent'], ['--accent', '--accent-soft']]);
          return pairs.filter(([a, b]) => contrast(a, b) < least).map(([a, b]) => `${a} on ${b}: ${contrast(a, b).toFixed(2)}`);
        }
        """;

    /// <summary>What can be touched and is smaller than a fingertip.</summary>
    private const string SmallTargets =
        """
        least => [...document.querySelectorAll('button, a[href], summary, input, select, [role=tab]')]
          .filter(element => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.unseen, .skip, p, li'))
          .map(element => [element, element.getBoundingClientRect()])
          .filter(([, { width, height }]) => width > 0 && (width < least || height < least))
          .map(([element, { width, height }]) => `${element.tagName}.${element.className} "${element.textContent.trim() || element.ariaLabel}": ${width.toFixed(1)} x ${height.toFixed(1)}`)
        """;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task Page_when_the_system_prefers_a_theme_then_it_takes_it_and_every_text_is_legible(ColorScheme preferred)
    {
        var page = await OpenSampleAsync(new BrowserNewContextOptions { ColorScheme = preferred, ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });

        await ExpectThemeAsync(page, preferred == ColorScheme.Dark ? "dark" : "light");
        Assert.Empty(await page.Page.EvaluateAsync<string[]>(FaintTokens, ContrastMin));
        Assert.Empty(await page.Page.EvaluateAsync<string[]>(FaintTexts, ContrastMin));
    }

    [Fact]
    public async Task Theme_when_it_is_switched_then_the_page_and_its_charts_change_and_a_reload_remembers_it()
    {
        var page = await OpenSampleAsync(new BrowserNewContextOptions { ColorScheme = ColorScheme.Dark });
        await ExpectThemeAsync(page, "dark");
        var ground = await GroundAsync(page);
        var choice = page.Page.Locator("[data-theme-choice]");
        await Assertions.Expect(choice).ToHaveAttributeAsync("data-theme-choice", "auto");

        await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await ExpectThemeAsync(page, "light");
        Assert.NotEqual(ground, await GroundAsync(page));

        await choice.ClickAsync();
        await Assertions.Expect(choice).ToHaveAttributeAsync("data-theme-choice", "dark");
        await ExpectThemeAsync(page, "dark");
        Assert.Equal(ground, await GroundAsync(page));

        await choice.ClickAsync();
        await ExpectThemeAsync(page, "light");
        await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await page.Page.ReloadAsync();
        await page.ExpectStateAsync("live", Sample.Charts);
        await ExpectThemeAsync(page, "light");
    }

    [Theory]
    [InlineData(390, 844)]
    [InlineData(768, 1024)]
    public async Task Page_when_it_is_narrow_and_touched_then_all_fits_and_can_be_hit(int width, int height)
    {
        var page = await OpenSampleAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height }, HasTouch = true, IsMobile = true, DeviceScaleFactor = 2,
        });

        var sizes = await page.Page.EvaluateAsync<int[]>("() => [document.documentElement.scrollWidth, innerWidth]");
        Assert.Equal(width, sizes[1]);
        Assert.True(sizes[0] <= width, $"The page is {sizes[0]} pixels wide on a screen of {width}.");
        var lefts = await page.Page.EvaluateAsync<int[]>("() => [...new Set([...document.querySelectorAll('[data-widget]')].map(card => Math.round(card.getBoundingClientRect().left)))]");
        if (width < 768) Assert.Single(lefts);
        Assert.Empty(await page.Page.EvaluateAsync<string[]>(SmallTargets, 44));

        await page.Page.Locator("button.pause").TapAsync();
        await page.ExpectConnectionAsync("paused");
        Assert.Empty(await page.Page.EvaluateAsync<string[]>(SmallTargets, 44));
        sizes = await page.Page.EvaluateAsync<int[]>("() => [document.documentElement.scrollWidth, innerWidth]");
        Assert.True(sizes[0] <= width, $"The paused page is {sizes[0]} pixels wide on a screen of {width}.");
        await page.Page.Locator("button.pause").TapAsync();
        await page.ExpectConnectionAsync("live");
    }

    private async Task<DashboardPage> OpenSampleAsync(BrowserNewContextOptions options)
    {
        var dashboard = Own(Sample.Create());
        Own(Sample.Feed(dashboard));
        await dashboard.StartAsync(TestContext.Current.CancellationToken);
        var page = await OpenAsync(dashboard.Url!, options);
        await page.ExpectStateAsync("live", [.. Sample.Charts, .. Sample.Rows]);
        // What is out of sight is not drawn before it is scrolled to.
        foreach (var id in (string[])[.. Sample.Charts, .. Sample.Rows]) await page.Widget(id).ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(page.Widget("notes").Locator("strong")).ToHaveTextAsync("one");
        return page;
    }

    private static Task ExpectThemeAsync(DashboardPage page, string theme) => Assertions.Expect(page.Root).ToHaveAttributeAsync("data-theme", theme);

    private static Task<string> GroundAsync(DashboardPage page) => page.Page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).backgroundColor");
}
