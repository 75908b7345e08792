using Weir.Engine.Time;
using Weir.Engine.Windows;
using Weir.Options;
using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>How a metric looks and what it shows of what is sent.</summary>
public sealed record MetricOptions : WidgetOptions
{
    /// <summary>A unit that Weir scales (<c>%</c>, <c>bytes</c>, <c>bytes/s</c>, <c>bits/s</c>, <c>s</c>, <c>ms</c>, <c>us</c>, <c>ns</c>, <c>/s</c>, <c>count</c>) or any text of up to 16 characters.</summary>
    public string? Unit { get; init; }

    /// <summary>A color such as <c>#3b82f6</c> or <c>orange</c>; the next of the palette when null.</summary>
    public string? Color { get; init; }

    /// <summary>Shows one point for each stretch of this length, such as <c>"10s"</c>, in place of every point sent.</summary>
    public Duration? Window { get; init; }

    /// <summary>How the points of a <see cref="Window"/> become one; the average when null.</summary>
    public Aggregation? Aggregation { get; init; }

    /// <summary>Points to keep, 1 or more (the newest 1,000 stay in any case); as many as the memory limit allows when null.</summary>
    public int? MaxPoints { get; init; }

    /// <summary>From here on the value is a warning.</summary>
    public double? Warning { get; init; }

    /// <summary>From here on the value is critical.</summary>
    public double? Critical { get; init; }

    /// <summary>Any number of further zones.</summary>
    public IReadOnlyList<Threshold>? Thresholds { get; init; }

    public bool Smooth { get; init; }

    /// <summary>Fills the area under the line.</summary>
    public bool Area { get; init; }

    /// <summary>Lower end of the y axis; by the data when null.</summary>
    public double? Min { get; init; }

    /// <summary>Upper end of the y axis; by the data when null.</summary>
    public double? Max { get; init; }

    internal override void Validate(OptionRules rules)
    {
        base.Validate(rules);
        rules.Text(nameof(Unit), Unit, 16);
        rules.Color(nameof(Color), Color);
        rules.Range(nameof(MaxPoints), MaxPoints, 1, int.MaxValue);
        rules.Finite(nameof(Warning), Warning);
        rules.Finite(nameof(Critical), Critical);
        rules.Thresholds(Thresholds);
        rules.Ends(Min, Max);
        if (Window is null && Aggregation is { } aggregation) throw rules.Refuse(nameof(Aggregation), aggregation, "an aggregation together with a Window, such as Window = \"10s\"");
    }

    internal MetricSpec ToSpec(string id) => new(id)
    {
        Title = Title, Help = Help, Span = Span, Unit = Unit, Color = Color, Smooth = Smooth, Area = Area, Min = Min, Max = Max,
        Window = Window?.ToString(),
        Aggregation = Window is null ? null : (Aggregation ?? Engine.Windows.Aggregation.Avg).ToString().ToLowerInvariant(),
        Thresholds = ThresholdOptions.Merge(Thresholds, Warning, Critical),
    };
}
