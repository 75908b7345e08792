using System.Globalization;
using System.Text;
using Weir.Engine.Instruments;
using Weir.Options;

namespace Weir;

/// <summary>How the chart of a histogram looks. <see cref="InstrumentOptions.Unit"/> is that of the values, such as <c>ms</c>.</summary>
public sealed record HistogramOptions : InstrumentOptions
{
    /// <summary>The lines of the chart: 1 to 16 different numbers from 0 to 1, such as 0.999 for the value that one in a thousand is above.</summary>
    public IReadOnlyList<double> Quantiles { get; init; } = [0.5, 0.95, 0.99];

    /// <summary>Lists count as equal when their numbers are.</summary>
    public bool Equals(HistogramOptions? other) => base.Equals(other) && Quantiles.SequenceEqual(other.Quantiles);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Quantiles.Count);

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        base.PrintMembers(builder);
        builder.Append(", Quantiles = ").AppendJoin(' ', Quantiles.Select(quantile => quantile.ToString(CultureInfo.InvariantCulture)));
        return true;
    }

    internal override void Validate(OptionRules rules)
    {
        base.Validate(rules);
        if (Quantiles is null || Quantiles.Count is 0 or > Histogram.QuantilesMax) throw rules.Refuse(nameof(Quantiles), Quantiles?.Count ?? 0, $"1 to {Histogram.QuantilesMax} of them");
        foreach (var quantile in Quantiles) rules.Range(nameof(Quantiles), quantile, 0, 1);
        if (Quantiles.Distinct().Count() < Quantiles.Count) throw rules.Refuse(nameof(Quantiles), string.Join(", ", Quantiles), "each number once");
    }
}
