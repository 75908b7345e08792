using System.Text.Json.Serialization;
using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>What every widget can be told that shows from where on a value is bad.</summary>
public abstract record ZonedWidgetOptions : SeriesWidgetOptions
{
    private readonly IReadOnlyList<Threshold>? _thresholds;

    /// <summary>From here on the value is a warning: short for one of <see cref="Thresholds"/>.</summary>
    [JsonIgnore]
    public double? Warning { get; init; }

    /// <summary>From here on the value is critical: short for one of <see cref="Thresholds"/>. Not below <see cref="Warning"/>.</summary>
    [JsonIgnore]
    public double? Critical { get; init; }

    /// <summary>Zones of any number, ascending by value, those of <see cref="Warning"/> and <see cref="Critical"/> among them; null for none.</summary>
    public IReadOnlyList<Threshold>? Thresholds
    {
        get => (_thresholds, Warning, Critical) is (null, null, null) ? null : Merged();
        init => _thresholds = value;
    }

    /// <inheritdoc/>
    public override void Validate(OptionRules rules)
    {
        base.Validate(rules);
        rules.Finite(nameof(Warning), Warning);
        rules.Finite(nameof(Critical), Critical);
        rules.Thresholds(_thresholds);
        if (Warning > Critical)
        {
            throw rules.Refuse(
                nameof(Warning), Warning, $"a number up to Critical, which is {Critical}. Where low values are bad, write the zones from the lowest on: "
                + "Thresholds = [Threshold.Critical(0), Threshold.Warning(20), new(80, Color: \"green\")]");
        }
    }

    private List<Threshold> Merged()
    {
        var merged = new List<Threshold>(_thresholds ?? []);
        if (Warning is { } warning) merged.Add(Threshold.Warning(warning));
        if (Critical is { } critical) merged.Add(Threshold.Critical(critical));
        return [.. merged.OrderBy(threshold => threshold.Value)];
    }
}
