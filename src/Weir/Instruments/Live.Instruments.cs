using System.Runtime.CompilerServices;

namespace Weir;

/// <summary>Instruments of the default dashboard; see <see cref="Weir.Dashboard"/>.</summary>
public static partial class Live
{
    /// <inheritdoc cref="Dashboard.Counter"/>
    public static CounterHandle Counter(string name, CounterOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Dashboard.Counter(name, options, file, line);

    /// <inheritdoc cref="Dashboard.Histogram"/>
    public static HistogramHandle Histogram(string name, HistogramOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Dashboard.Histogram(name, options, file, line);
}
