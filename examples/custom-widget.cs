#:package Weir
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Weir;
using Weir.Visuals.Widgets;

// A kind of widget of your own: a record for its options, a script that draws it. docs/custom-widgets.md explains both.
WidgetKinds.Register<CompassOptions>("compass", CompassJson.Default, CompassOptions.Script);

var wind = Live.Widget("wind", new CompassOptions { Title = "Wind", Marks = 8, Color = "series-2" });
var direction = 200.0;
using var timer = new Timer(_ => wind.Send(direction = (direction + Random.Shared.Next(-8, 9) + 360) % 360), null, TimeSpan.Zero, TimeSpan.FromSeconds(0.1));
Live.Run();

/// <summary>The newest value as a direction, in degrees.</summary>
public sealed record CompassOptions : SeriesWidgetOptions
{
    public override string Kind => "compass";

    /// <summary>Marks around the rim, 4 to 36.</summary>
    [DefaultValue(4), Range(4, 36)]
    public int Marks { get; init; } = 4;

    /// <summary>Color of the needle.</summary>
    public string? Color { get; init; }

    internal const string Script = """
        const make = (name, attributes) => {
          const made = document.createElementNS('http://www.w3.org/2000/svg', name);
          for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
          return made;
        };
        weir.registerWidget('compass', (host) => {
          const { marks = 4, color = 'series-1' } = host.options;
          const picture = make('svg', { viewBox: '-100 -100 200 200', width: '100%', height: '100%' });
          const rim = make('circle', { r: 90, fill: 'none', 'stroke-width': 2 });
          const needle = make('path', { d: 'M0 -80L9 12L0 4L-9 12Z' });
          const text = make('text', { y: 48, 'text-anchor': 'middle', 'font-size': 22 });
          const lines = Array.from({ length: marks }, (_, i) => make('path', { d: 'M0 -90V-80', 'stroke-width': 2, transform: `rotate(${(360 * i) / marks})` }));
          picture.append(rim, ...lines, needle, text);
          host.element.append(picture);
          return {
            draw() {
              const { text: ink, grid } = host.theme();
              const degrees = host.series()[0]?.latest ?? NaN;
              for (const line of [rim, ...lines]) line.setAttribute('stroke', grid);
              needle.setAttribute('fill', host.color(color) ?? ink);
              needle.setAttribute('transform', `rotate(${Number.isFinite(degrees) ? degrees : 0})`);
              text.setAttribute('fill', ink);
              text.textContent = Number.isFinite(degrees) ? `${Math.round(degrees)}°` : '';
            },
            summary: () => `Wind from ${text.textContent}`,
          };
        });
        """;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CompassOptions))]
internal sealed partial class CompassJson : JsonSerializerContext;
