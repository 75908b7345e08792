using System.Text.Json.Serialization;

namespace Weir.Visuals.Widgets;

/// <summary>How bad it is to be past a threshold.</summary>
public enum Severity
{
    [JsonStringEnumMemberName("warning")]
    Warning,

    [JsonStringEnumMemberName("critical")]
    Critical,
}

/// <summary>A zone of a chart: it begins at <see cref="Value"/> and goes up to the next threshold.</summary>
/// <param name="Value">A finite number in the unit of the widget.</param>
/// <param name="Severity">How bad the zone is; null where only the color says it.</param>
/// <param name="Color">A color of its own, such as <c>#ffaa00</c>; that of the severity when null.</param>
public sealed record Threshold(double Value, Severity? Severity = null, string? Color = null)
{
    // Zero is a value like any other.
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double Value { get; init; } = Value;

    // A name becomes the color that it stands for.
    public string? Color { get; init; } = CssColor.ToHex(Color);

    public static Threshold Warning(double value) => new(value, Widgets.Severity.Warning);

    public static Threshold Critical(double value) => new(value, Widgets.Severity.Critical);
}
