using Weir.Engine.Rollups;
using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Engine.Queries;

/// <summary>Reads what series came to in minutes, hours and days.</summary>
public static class RollupQueries
{
    /// <summary>
    /// Minutes, hours or days of the series that a selector picks, also where their points are gone. Series without any are left out.
    /// </summary>
    /// <param name="engine">Whose series.</param>
    /// <param name="selector">A name, glob or label matchers, as <see cref="Selector.Parse"/> takes them.</param>
    /// <param name="from">Beginning of the range, in Unix nanoseconds: the bucket it falls into is the first.</param>
    /// <param name="to">End of the range, later than its beginning.</param>
    /// <param name="granularity">How long the buckets are; null for the one that suits the width, <see cref="Granularities.For"/>, or a longer one where that went early.</param>
    /// <param name="pixels">Width in pixel columns, at least 1; it only matters without a granularity.</param>
    /// <exception cref="ArgumentException">The selector does not parse, the range ends before it begins, or there is no pixel.</exception>
    public static IReadOnlyList<(TimeSeries Series, IReadOnlyList<RollupBucket> Buckets)> GetTimeSeries(
        this TimeSeriesEngine engine, string selector, long from, long to, Granularity? granularity = null, int pixels = 1000)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var suited = Granularities.For(from, to, pixels, UnixTime.Now(engine.Time), engine.Options.Rollups ?? new RollupOptions());
        var found = new List<(TimeSeries, IReadOnlyList<RollupBucket>)>();
        if (engine.Rollups is not { } rollups) return found;
        var selected = Selector.Parse(selector).Select(engine.Catalog).ToArray();
        // Where memory was short, shorter buckets went before their retention was over; longer ones reach further back.
        while (suited < Granularity.Day && selected.Any(series => rollups.GoneBefore(series, suited) is var gone && gone > from && rollups.GoneBefore(series, suited + 1) < gone)) suited++;
        foreach (var series in selected)
        {
            var buckets = rollups.Read(series, from, to, granularity ?? suited);
            if (buckets.Count > 0) found.Add((series, buckets));
        }
        return found;
    }
}
