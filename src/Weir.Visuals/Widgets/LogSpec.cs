using System.Text.Json.Serialization;
using Weir.Engine.Tables;

namespace Weir.Visuals.Widgets;

/// <summary>Lines as they come, the newest last.</summary>
public sealed record LogSpec(string Id) : WidgetSpec(Id, "log")
{
    /// <summary>Lowest level shown; all when null.</summary>
    [JsonConverter(typeof(LogSeverityConverter))]
    public LogSeverity? Level { get; init; }
}
