using Weir.Engine.Downsampling;
using Weir.Engine.Rollups;
using Weir.Engine.Series;

namespace Weir.Engine.History;

/// <summary>What is known of a series between two times, wherever it is kept: one answer without gap or duplicate.</summary>
public interface ISeriesHistory
{
    /// <summary>Adds the points with <c>from ≤ time &lt; to</c> that are still held as points, oldest first, at most <paramref name="limit"/> of them.</summary>
    void ReadPoints(TimeSeries series, long from, long to, List<long> times, List<double> values, int limit = int.MaxValue);

    /// <summary>
    /// Adds the pixel columns of <c>from ≤ time &lt; to</c>: of points where they are held, and of rollup buckets (<see cref="Column.IsRollup"/>) where these have been let go. A
    /// bucket stands in the column in which it begins.
    /// </summary>
    /// <param name="series">A series of the engine.</param>
    /// <param name="from">Unix nanoseconds.</param>
    /// <param name="to">Unix nanoseconds.</param>
    /// <param name="step">Width of a column in nanoseconds; positive.</param>
    /// <param name="into">Receives the columns, behind what it already holds.</param>
    /// <param name="snapshot">Which points the series held; those of now when null.</param>
    void ReadColumns(TimeSeries series, long from, long to, long step, Columns into, SeriesSnapshot? snapshot = null);

    /// <summary>The buckets that begin in a range, that of <paramref name="from"/> included, oldest first; those without a point are left out.</summary>
    IReadOnlyList<RollupBucket> ReadBuckets(TimeSeries series, long from, long to, Granularity granularity);
}
