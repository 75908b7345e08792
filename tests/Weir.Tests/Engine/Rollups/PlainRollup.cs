using System.Globalization;
using Weir.Engine.Rollups;
using Weir.Engine.Sketches;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Rollups;

/// <summary>The oracle of rollups: sorted points, cut into minutes, hours and days one after the other.</summary>
internal sealed record PlainRollup(long Start, long Count, double Sum, double Min, double Max, double First, double Last, string Quantiles)
{
    private static readonly double[] Asked = [0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 1];

    public static PlainRollup[] Of(Points points, Granularity granularity)
    {
        var length = granularity.Nanoseconds();
        return [.. points.Times.Zip(points.Values).GroupBy(point => Floor(point.First, length)).OrderBy(group => group.Key).Select(group => Of(group.Key, [.. group]))];
    }

    public static PlainRollup Of(RollupBucket bucket) =>
        new(bucket.Start, bucket.Count, bucket.Sum, bucket.Min, bucket.Max, bucket.First, bucket.Last, Text(bucket.Quantile));

    /// <summary>Fails where buckets are not what the points come to.</summary>
    public static void AssertSame(Points points, IReadOnlyList<RollupBucket> actual, Granularity granularity)
    {
        var expected = Of(points, granularity);
        for (var i = 0; i < Math.Min(expected.Length, actual.Count); i++) Assert.Equal(expected[i], Of(actual[i]));
        Assert.Equal(expected.Length, actual.Count);
    }

    private static PlainRollup Of(long start, (long Time, double Value)[] points)
    {
        var values = points.Select(point => point.Value).Where(double.IsFinite).ToArray();
        if (values.Length == 0) return new(start, 0, 0, double.NaN, double.NaN, double.NaN, double.NaN, Text(_ => double.NaN));
        // A sum is rounded within each minute, then minutes within each hour, then hours: that is what the buckets say they are.
        var hours = points.GroupBy(point => Floor(point.Time, Granularity.Hour.Nanoseconds()));
        var sum = hours.Sum(hour => hour.GroupBy(point => Floor(point.Time, Granularity.Minute.Nanoseconds())).Sum(minute => minute.Select(point => point.Value).Where(double.IsFinite).Sum()));
        var sketch = new QuantileSketch();
        foreach (var value in values) sketch.Add(value);
        return new(start, values.Length, sum, values.Min(), values.Max(), values[0], values[^1], Text(sketch.Quantile));
    }

    private static string Text(Func<double, double> quantile) => string.Join(' ', Asked.Select(q => quantile(q).ToString("R", CultureInfo.InvariantCulture)));

    private static long Floor(long time, long length) => time - ((time % length) + length) % length;
}
