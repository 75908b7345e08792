using System.Globalization;
using System.Text;
using Weir.Engine.Instruments;

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

    internal override void Validate(string name)
    {
        if (Quantiles is null || Quantiles.Count is 0 or > Histogram.QuantilesMax) throw Refuse(name, (Quantiles?.Count ?? 0) + " numbers", $"1 to {Histogram.QuantilesMax} numbers");
        foreach (var quantile in Quantiles)
        {
            if (!(quantile is >= 0 and <= 1)) throw Refuse(name, quantile, "0 to 1");
        }
        if (Quantiles.Distinct().Count() < Quantiles.Count) throw Refuse(name, string.Join(", ", Quantiles), "each number once");
    }

    private static ArgumentException Refuse(string name, object given, string allowed, string option = nameof(Quantiles)) =>
        new(FormattableString.Invariant($"{option} of histogram '{name}' is {given}; allowed is {allowed}."), option);
}
