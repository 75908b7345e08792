using Weir.Engine.Ingest;

namespace Weir;

/// <summary>History on the default dashboard; see <see cref="Weir.Dashboard"/>.</summary>
public static partial class Live
{
    /// <inheritdoc cref="Dashboard.Import(string, IEnumerable{ValueTuple{DateTimeOffset, double}})"/>
    public static ImportResult Import(string series, IEnumerable<(DateTimeOffset Time, double Value)> points) => Dashboard.Import(series, points);
}
