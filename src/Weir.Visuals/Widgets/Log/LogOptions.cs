using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Weir.Engine.Tables;

namespace Weir;

/// <summary>Lines as they come, the newest last.</summary>
public sealed record LogOptions : RowsWidgetOptions
{
    public override string Kind => "log";

    /// <summary>Lines to keep, 1 to 1,000,000; the oldest go first.</summary>
    [DefaultValue(1000), Range(1, 1_000_000)]
    public int MaxRows { get; init; } = 1000;

    /// <summary>Lowest level shown; all when null.</summary>
    public LogSeverity? Level { get; init; }
}
