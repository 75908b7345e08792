using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Weir.Tests.Visuals.Widgets;

/// <summary>A kind as another assembly would define it.</summary>
internal sealed record DialOptions : SeriesWidgetOptions
{
    public override string Kind => "test-dial";

    [DefaultValue(3), Range(1, 9)]
    public int Needles { get; init; } = 3;

    public IReadOnlyList<string> Marks { get; init; } = [];
}

/// <summary>A kind that shows rows.</summary>
internal sealed record BoardOptions : RowsWidgetOptions
{
    public override string Kind => "test-board";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DialOptions))]
[JsonSerializable(typeof(BoardOptions))]
internal sealed partial class DialJsonContext : JsonSerializerContext;
