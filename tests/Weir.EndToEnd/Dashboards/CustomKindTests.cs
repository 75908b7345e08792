using System.Text.Json.Serialization;
using Microsoft.Playwright;
using Weir.EndToEnd.Browser;
using Weir.Visuals.Widgets;

namespace Weir.EndToEnd.Dashboards;

/// <summary>Kinds of widgets that this assembly defines, drawn by scripts that the page loads when it needs them.</summary>
public sealed class CustomKindTests(Chromium chromium) : BrowserTest(chromium)
{
    private const string Script = """
        weir.registerWidget('e2e-count', (host) => {
          const text = document.createElement('b');
          host.element.append(text);
          return {
            draw() {
              const [series] = host.series();
              let columns = 0;
              series?.each(() => columns++);
              text.textContent = `${host.options.word} ${series?.latest ?? ''} in ${columns > 0 ? 'columns' : 'none'}`;
              text.style.color = host.color('critical');
            },
          };
        });
        """;

    [Fact]
    public async Task Kind_of_another_assembly_when_its_widget_is_seen_then_its_script_is_loaded_and_draws_it()
    {
        WidgetKinds.Register<CountOptions>("e2e-count", CustomKindJson.Default, Script);
        var dashboard = Own(Sample.Create());
        var count = dashboard.Widget("count", new CountOptions { Word = "now" });
        dashboard.Metric("plain").Send(1);
        count.Send(41);
        await dashboard.StartAsync(TestContext.Current.CancellationToken);
        var page = await NewPageAsync();
        await page.Page.AddInitScriptAsync("window.refused = []; addEventListener('securitypolicyviolation', event => refused.push(event.violatedDirective + ' ' + event.blockedURI));");

        await page.GoAsync(dashboard.Url!);
        await Assertions.Expect(page.Widget("count").Locator("b")).ToHaveTextAsync("now 41 in columns");
        await page.ExpectStateAsync("live", "count", "plain");
        count.Send(42);
        await Assertions.Expect(page.Widget("count").Locator("b")).ToHaveTextAsync("now 42 in columns");

        Assert.Empty(page.Messages);
        Assert.Empty(await page.Page.EvaluateAsync<string[]>("() => window.refused"));
        Assert.Single(page.Requests, request => new Uri(request).AbsolutePath == "/kinds/e2e-count.js");
    }

    [Fact]
    public async Task Script_when_it_throws_then_its_card_says_so_and_the_others_are_live()
    {
        WidgetKinds.Register<FaultOptions>("e2e-fault", CustomKindJson.Default, "weir.registerWidget('e2e-fault', () => ({ draw() { throw new Error('no needle'); } }));");
        WidgetKinds.Register<SilentOptions>("e2e-silent", CustomKindJson.Default, "const nothing = 1;");
        var dashboard = Own(Sample.Create());
        dashboard.Widget<FaultOptions>("fault");
        dashboard.Widget<SilentOptions>("silent");
        dashboard.Metric("plain").Send(1);
        await dashboard.StartAsync(TestContext.Current.CancellationToken);

        var page = await OpenAsync(dashboard.Url!);
        await Assertions.Expect(page.Widget("fault").GetByText("no needle")).ToBeVisibleAsync();
        await Assertions.Expect(page.Widget("silent").GetByText("did not call weir.registerWidget(\"e2e-silent\"")).ToBeVisibleAsync();
        await page.ExpectStateAsync("live", "plain");
    }
}

internal sealed record CountOptions : SeriesWidgetOptions
{
    public override string Kind => "e2e-count";

    public string? Word { get; init; }
}

internal sealed record FaultOptions : WidgetOptions
{
    public override string Kind => "e2e-fault";
}

internal sealed record SilentOptions : WidgetOptions
{
    public override string Kind => "e2e-silent";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CountOptions))]
[JsonSerializable(typeof(FaultOptions))]
[JsonSerializable(typeof(SilentOptions))]
internal sealed partial class CustomKindJson : JsonSerializerContext;
