using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Weir.Visuals.Widgets;

/// <summary>What a widget is and shows. Immutable: a change is another spec with the same id.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MetricSpec), "metric")]
[JsonDerivedType(typeof(StatSpec), "stat")]
[JsonDerivedType(typeof(GaugeSpec), "gauge")]
[JsonDerivedType(typeof(LineSpec), "line")]
[JsonDerivedType(typeof(TableSpec), "table")]
[JsonDerivedType(typeof(LogSpec), "log")]
[JsonDerivedType(typeof(TextSpec), "text")]
[JsonDerivedType(typeof(MarkdownSpec), "markdown")]
public abstract record WidgetSpec
{
    /// <exception cref="ArgumentException">The id may not name a widget.</exception>
    private protected WidgetSpec(string id, string kind) => (Id, Kind) = (WidgetId.Require(id), kind);

    [JsonPropertyOrder(-2)]
    public string Id { get; }

    /// <summary>Name of the kind as the document writes it, such as <c>metric</c>.</summary>
    [JsonIgnore]
    public string Kind { get; }

    /// <summary>What the header says; the id when null.</summary>
    [JsonPropertyOrder(-1)]
    public string? Title { get; init; }

    /// <summary>What the question mark beside the title tells.</summary>
    public string? Help { get; init; }

    /// <summary>Columns of the grid to take.</summary>
    [DefaultValue(1)]
    public int Span { get; init; } = 1;

    /// <summary>Selectors of the series shown; empty for what shows rows or text.</summary>
    public IReadOnlyList<string> Series { get; init; } = [];

    /// <summary>Name of the table shown; null for what shows series.</summary>
    public string? Table { get; init; }
}
