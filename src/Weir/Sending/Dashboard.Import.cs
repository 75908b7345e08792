using System.Runtime.InteropServices;
using Weir.Engine.Ingest;
using Weir.Engine.Series;
using Weir.Sending;

namespace Weir;

/// <summary>History of any age.</summary>
public sealed partial class Dashboard
{
    /// <summary>
    /// Takes in history: points of any age and in any order, before, between and over what the series holds. Charts, windows and rollups show them
    /// as if all had come in order. What does not fit the memory budget goes again, oldest first, and the result says so.
    /// </summary>
    /// <param name="series">Name of the series, such as the id of a metric.</param>
    /// <param name="points">In any order. A point replaces an earlier one of the same time; NaN is a gap.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time lies outside the years 1678 to 2261.</exception>
    /// <exception cref="ArgumentException">The name breaks the rules of <see cref="SeriesKey"/>.</exception>
    public ImportResult Import(string series, IEnumerable<(DateTimeOffset Time, double Value)> points) => Import(Engine.Resolve(new SeriesKey(series)), points);

    /// <inheritdoc cref="Import(string, IEnumerable{ValueTuple{DateTimeOffset, double}})"/>
    /// <param name="series">A series of this dashboard's engine, such as <see cref="ValueHandle.Series"/>.</param>
    /// <param name="points">In any order. A point replaces an earlier one of the same time; NaN is a gap.</param>
    public ImportResult Import(TimeSeries series, IEnumerable<(DateTimeOffset Time, double Value)> points)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(points);
        var (times, values) = (new List<long>(), new List<double>());
        foreach (var (time, value) in points)
        {
            times.Add(SendTime.Of(time));
            values.Add(value);
        }
        var result = Engine.Import(series, CollectionsMarshal.AsSpan(times), CollectionsMarshal.AsSpan(values));
        NoteSend();
        return result;
    }
}
