using System.Globalization;
using Weir.Engine.Series;

namespace Weir.Engine.Instruments;

/// <summary>The names of the series of a histogram, and the quantiles that are among them, put together once.</summary>
internal sealed class HistogramNames
{
    /// <summary>Each is a series for each set of labels.</summary>
    public const int QuantilesMax = 16;

    public const string QuantileLabel = "quantile";

    private const string CountSuffix = ".count";
    private const string SumSuffix = ".sum";

    private static readonly double[] QuantilesDefault = [0.5, 0.9, 0.95, 0.99];

    /// <param name="name">Name of the histogram.</param>
    /// <param name="quantiles">0 to 1 each; 0.5, 0.9, 0.95 and 0.99 when empty.</param>
    /// <exception cref="ArgumentException">No room for a suffix; too many quantiles, or one outside its range.</exception>
    public HistogramNames(string name, ReadOnlySpan<double> quantiles = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        var lengthMax = SeriesKey.NameLengthMax - CountSuffix.Length;
        if (name.Length > lengthMax)
        {
            throw new ArgumentException(
                $"A histogram's name has 1 to {lengthMax} characters, since its series are called {CountSuffix} and {SumSuffix} behind it; given was '{name}'.", nameof(name));
        }
        (Name, Count, Sum) = (name, name + CountSuffix, name + SumSuffix);
        Quantiles = WithLabels(name, quantiles.IsEmpty ? QuantilesDefault : quantiles);
    }

    public string Name { get; }

    public string Count { get; }

    public string Sum { get; }

    /// <summary>The quantiles that become series, with the label of each.</summary>
    public (double Quantile, Label Label)[] Quantiles { get; }

    private static (double Quantile, Label Label)[] WithLabels(string name, ReadOnlySpan<double> quantiles)
    {
        if (quantiles.Length > QuantilesMax)
        {
            throw new ArgumentException($"Histogram '{name}' has {quantiles.Length} quantiles; at most {QuantilesMax} are allowed.", nameof(quantiles));
        }
        var labels = new (double Quantile, Label Label)[quantiles.Length];
        for (var i = 0; i < quantiles.Length; i++)
        {
            if (quantiles[i] is not (>= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(quantiles), quantiles[i], $"A quantile of histogram '{name}' lies between 0 and 1, as 0.99 does.");
            }
            labels[i] = (quantiles[i], new(QuantileLabel, quantiles[i].ToString(CultureInfo.InvariantCulture)));
        }
        return labels;
    }
}
