using Weir.Engine.Tables;
using Weir.Options;
using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>What a log keeps and shows.</summary>
public sealed record LogOptions : WidgetOptions
{
    /// <summary>Lines to keep, 1 to 1,000,000; the oldest go first.</summary>
    public int MaxRows { get; init; } = 1000;

    /// <summary>Lowest level shown; all when null.</summary>
    public LogSeverity? Level { get; init; }

    internal override void Validate(OptionRules rules)
    {
        base.Validate(rules);
        rules.Range(nameof(MaxRows), MaxRows, 1, 1_000_000);
    }

    internal LogSpec ToSpec(string id) => new(id) { Title = Title, Help = Help, Span = Span, Table = id, Level = Level };
}
