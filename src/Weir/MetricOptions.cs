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

    /// <summary>How far one <see cref="Window"/> begins after the one before, such as <c>"1s"</c>; the windows lie side by side when null.</summary>
    public Duration? Slide { get; init; }

    /// <summary>How the points of a <see cref="Window"/> become one; the average when null.</summary>
    public Aggregation? Aggregation { get; init; }

    /// <summary>Which quantile <see cref="Weir.Engine.Windows.Aggregation.Quantile"/> is, 0 to 1: 0.999 for the value that one in a thousand is above.</summary>
    public double? Quantile { get; init; }

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
        rules.Range(nameof(Quantile), Quantile, 0, 1);
        if (Window is null && Aggregation is { } aggregation) throw rules.Refuse(nameof(Aggregation), aggregation, "an aggregation together with a Window, such as Window = \"10s\"");
        if (Window is null && Slide is { } alone) throw rules.Refuse(nameof(Slide), alone, "a slide together with a Window, such as Window = \"10s\"");
        if (Slide > Window) throw rules.Refuse(nameof(Slide), Slide, $"a slide up to the length of the Window, {Window}");
        if ((Aggregation == Engine.Windows.Aggregation.Quantile) != Quantile.HasValue)
        {
            throw rules.Refuse(nameof(Quantile), Quantile?.ToString() ?? "missing", "a number from 0 to 1 together with Aggregation.Quantile");
        }
        ToWindow();
    }

    /// <summary>The windows that are shown; null when every point is.</summary>
    /// <exception cref="ArgumentException">The windows would have too many panes; the message says how many are allowed.</exception>
    internal WindowSpec? ToWindow() => Window is { } window
        ? WindowSpec.Hopping(window, Slide ?? window, Aggregation ?? Engine.Windows.Aggregation.Avg, Quantile ?? double.NaN)
        : null;

    internal MetricSpec ToSpec(string id) => new(id)
    {
        Title = Title, Help = Help, Span = Span, Unit = Unit, Color = Color, Smooth = Smooth, Area = Area, Min = Min, Max = Max,
        Window = ToWindow()?.WindowText,
        Aggregation = ToWindow()?.AggregationText,
        Thresholds = ThresholdOptions.Merge(Thresholds, Warning, Critical),
    };
}
