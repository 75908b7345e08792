using System.ComponentModel.DataAnnotations;
using Weir.Engine.Time;
using Weir.Engine.Windows;
using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>What every widget can be told that shows series.</summary>
public abstract record SeriesWidgetOptions : WidgetOptions
{
    /// <summary>
    /// What is shown: selectors (a name, a glob such as <c>system.cpu.*</c>, either with label matchers as in <c>{core!="0"}</c>) or one PromQL
    /// expression. A line chart shows its own series besides; other kinds show the series that is sent to when it is empty.
    /// </summary>
    public IReadOnlyList<string> Queries { get; init; } = [];

    /// <summary>A unit that Weir scales (<c>%</c>, <c>bytes</c>, <c>bytes/s</c>, <c>bits/s</c>, <c>s</c>, <c>ms</c>, <c>us</c>, <c>ns</c>, <c>/s</c>, <c>count</c>) or any text of up to 16 characters.</summary>
    [StringLength(16, MinimumLength = 1)]
    public string? Unit { get; init; }

    /// <summary>Shows one point for each stretch of this length, such as <c>"10s"</c>, in place of every point sent.</summary>
    public Duration? Window { get; init; }

    /// <summary>How far one <see cref="Window"/> begins after the one before, such as <c>"1s"</c>; the windows lie side by side when null.</summary>
    public Duration? Slide { get; init; }

    /// <summary>How the points of a <see cref="Window"/> become one; the average when null.</summary>
    public Aggregation? Aggregation { get; init; }

    /// <summary>Which quantile <see cref="Weir.Engine.Windows.Aggregation.Quantile"/> is, 0 to 1: 0.999 for the value that one in a thousand is above.</summary>
    [Range(0.0, 1.0)]
    public double? Quantile { get; init; }

    /// <inheritdoc/>
    public override void Validate(OptionRules rules)
    {
        rules.Queries(nameof(Queries), Queries);
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
    public WindowSpec? ToWindow() => Window is { } window
        ? WindowSpec.Hopping(window, Slide ?? window, Aggregation ?? Engine.Windows.Aggregation.Avg, Quantile ?? double.NaN)
        : null;
}
