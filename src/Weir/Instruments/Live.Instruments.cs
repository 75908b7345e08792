namespace Weir;

/// <summary>Instruments of the default dashboard; see <see cref="Weir.Dashboard"/>.</summary>
public static partial class Live
{
    /// <inheritdoc cref="Dashboard.Counter"/>
    public static CounterHandle Counter(string name, CounterOptions? options = null) => Dashboard.Counter(name, options);

    /// <inheritdoc cref="Dashboard.Histogram"/>
    public static HistogramHandle Histogram(string name, HistogramOptions? options = null) => Dashboard.Histogram(name, options);
}
