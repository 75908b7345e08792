using Weir.Engine.Series;

namespace Weir.Engine.Instruments;

/// <summary>The names of the series of a histogram, put together once.</summary>
internal sealed class HistogramNames
{
    private const string CountSuffix = ".count";
    private const string SumSuffix = ".sum";

    /// <exception cref="ArgumentException">No room for a suffix.</exception>
    public HistogramNames(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var lengthMax = SeriesKey.NameLengthMax - CountSuffix.Length;
        if (name.Length > lengthMax)
        {
            throw new ArgumentException(
                $"A histogram's name has 1 to {lengthMax} characters, since its series are called {CountSuffix} and {SumSuffix} behind it; given was '{name}'.", nameof(name));
        }
        (Name, Count, Sum) = (name, name + CountSuffix, name + SumSuffix);
    }

    public string Name { get; }

    public string Count { get; }

    public string Sum { get; }
}
