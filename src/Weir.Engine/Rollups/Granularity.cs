using Weir.Engine.Time;

namespace Weir.Engine.Rollups;

/// <summary>How long a rollup bucket is. Buckets lie on the Unix epoch, so days are those of UTC.</summary>
public enum Granularity
{
    /// <summary>Of histograms only, for the last few minutes: for heatmaps that move.</summary>
    Second,
    Minute,
    Hour,
    Day,
}

public static class Granularities
{
    /// <summary>Length of a bucket, in nanoseconds.</summary>
    public static long Nanoseconds(this Granularity granularity) => granularity switch
    {
        Granularity.Second => UnixTime.NanosecondsPerSecond,
        Granularity.Minute => 60 * UnixTime.NanosecondsPerSecond,
        Granularity.Hour => 3_600 * UnixTime.NanosecondsPerSecond,
        Granularity.Day => 86_400 * UnixTime.NanosecondsPerSecond,
        _ => throw new ArgumentOutOfRangeException(nameof(granularity), granularity, "Not a granularity; allowed are Second, Minute, Hour and Day."),
    };

    /// <summary>
    /// What to draw a range with: the finest of minutes, hours and days of which no more buckets than pixel columns fall into the range, and whose retention still reaches
    /// back to its beginning; days when that is none.
    /// </summary>
    /// <param name="from">Beginning of the range, in Unix nanoseconds.</param>
    /// <param name="to">End of the range, later than its beginning.</param>
    /// <param name="pixels">Width in pixel columns, at least 1.</param>
    /// <param name="now">The time of now, in Unix nanoseconds.</param>
    /// <param name="options">Says how long each granularity is kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">No pixel, or a range that ends before it begins.</exception>
    public static Granularity For(long from, long to, int pixels, long now, RollupOptions options)
    {
        if (pixels < 1) throw new ArgumentOutOfRangeException(nameof(pixels), pixels, $"A width of {pixels} pixels was given; allowed is 1 or more.");
        if (to <= from) throw new ArgumentOutOfRangeException(nameof(to), to, $"The range ends at {to}, which is not after its beginning at {from}.");
        foreach (var granularity in (ReadOnlySpan<Granularity>)[Granularity.Minute, Granularity.Hour])
        {
            var length = granularity.Nanoseconds();
            var buckets = Floor((Int128)to - 1, length) - Floor(from, length) + 1;
            if (buckets <= pixels && (Int128)now - options.RetentionOf(granularity).Nanoseconds <= from) return granularity;
        }
        return Granularity.Day;
    }

    /// <summary>The number of the bucket that a time falls into.</summary>
    private static Int128 Floor(Int128 time, long length) => time >= 0 ? time / length : (time + 1) / length - 1;
}
