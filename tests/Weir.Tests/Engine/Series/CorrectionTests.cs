using Weir.Engine.Series;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Series;

public sealed class CorrectionTests
{
    [Fact]
    public void CorrectedSince_names_the_earliest_change_or_says_that_it_forgot() => Property.Holds(40, random =>
    {
        var series = new TimeSeries(0, new SeriesKey("s"), SeriesKind.Gauge);
        var corrected = new Dictionary<long, long>();
        var newest = 0L;
        for (var round = 0; round < 300; round++)
        {
            series.Take(newest += 1000, 1);
            if (random.Next(3) > 0)
            {
                var late = newest - random.NextInt64(1, Math.Min(newest, 400_000));
                series.Take(late, 2);
                corrected[series.Snapshot.Version + 1] = late;
            }
            series.EndRound(long.MaxValue / 2);
            var since = random.NextInt64(series.Snapshot.Version + 1);
            var expected = corrected.Where(c => c.Key > since).Select(c => c.Value).DefaultIfEmpty(long.MaxValue).Min();
            var said = series.Snapshot.CorrectedSince(since);
            if (said != long.MinValue) Assert.Equal(expected, said);
            else Assert.True(corrected.Keys.Count(v => v > since) >= 32, $"Forgotten after {corrected.Keys.Count(v => v > since)} corrections.");
        }
    });

    [Fact]
    public void Point_that_is_replaced_in_every_round_is_never_forgotten()
    {
        var series = new TimeSeries(0, new SeriesKey("s"), SeriesKind.Gauge);
        series.Take(1000, 0);
        series.EndRound(0);
        for (var round = 0; round < 1000; round++)
        {
            series.Take(1000, round);
            series.EndRound(0);
        }
        Assert.Equal(1000, series.Snapshot.CorrectedSince(1));
        Assert.Equal(1000, series.Snapshot.CorrectedSince(500));
        Assert.Equal(long.MaxValue, series.Snapshot.CorrectedSince(series.Snapshot.Version));
    }
}
