using Weir.Engine;
using Weir.Engine.Rollups;
using Weir.Engine.Series;
using Weir.Engine.Sketches;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Rollups;

/// <summary>The limit of bytes holds whatever is sent, and what is left under it is right.</summary>
public sealed class RollupLimitTests
{
    private const long Minute = 60 * Points.Second;
    private const int Megabyte = 1 << 20;

    [Fact]
    public void Limit_of_bytes_holds_under_a_producer_that_does_what_it_likes() => Property.Holds(6, random =>
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(new EngineOptions { Lateness = "10m", Rollups = new RollupOptions { BytesMax = Megabyte } }, clock);
        var names = random.Next(1, 1500);
        for (var step = 0; step < 150; step++)
        {
            var isHistogram = random.Next(5) == 0;
            var series = engine.Resolve(new SeriesKey((isHistogram ? "h" : "s") + random.Next(names)), isHistogram ? SeriesKind.Histogram : SeriesKind.Gauge);
            var spacing = random.Next(4) switch { 0 => 1000, 1 => Points.Second, 2 => Minute, _ => 60 * Minute };
            for (var i = random.Next(6) == 0 ? 6000 : random.Next(1, 400); i > 0; i--)
            {
                // Values over forty decades and both signs: each may be a bucket of its own.
                var value = Math.ScaleB(random.NextDouble() - 0.5, random.Next(-60, 60));
                var time = clock.Now - i * spacing - random.NextInt64(5 * Minute);
                if (isHistogram) engine.Rollups!.Append(series, time, Sketches.SketchStates.OneByOne([value]));
                else engine.Append(series, time, value);
            }
            clock.Now += random.NextInt64(30 * Minute);
            do
            {
                engine.RunRound();
                Assert.InRange(engine.Rollups!.Bytes, 0, Megabyte);
            }
            while (engine.Waiting > 0);
        }
        Assert.True(engine.Rollups!.WentEarly > 0);
    });

    [Fact]
    public void Fifty_thousand_series_stay_within_the_limit_in_their_first_hour()
    {
        const int count = 50_000;
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(new EngineOptions { BytesMax = 1L << 30, Rollups = new RollupOptions { BytesMax = 48 * Megabyte } }, clock);
        var all = Enumerable.Range(0, count).Select(i => engine.Resolve(new SeriesKey("s" + i))).ToArray();
        for (var minute = 0; minute < 6; minute++)
        {
            for (var i = 0; i < 4; i++)
            {
                foreach (var series in all) engine.Append(series, clock.Now + i, 1 + (series.Id * 7 + i * 13) % 1000);
                while (engine.RunRound() > 0) Assert.InRange(engine.Rollups!.Bytes, 0, 48 * Megabyte);
            }
            clock.Now += Minute;
        }
    }

    [Fact]
    public void Finest_error_that_is_allowed_can_be_read_back()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { Rollups = new RollupOptions { RelativeError = 0.0001 } }, new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        for (var i = 0; i < 180; i++) engine.Append(series, ManualClock.Noon + i * Minute / 2, i + 1);
        engine.RunRound();
        engine.RunRound();
        foreach (var granularity in Enum.GetValues<Granularity>())
        {
            var bucket = engine.Rollups!.Read(series, 0, long.MaxValue, granularity)[0];
            // Numbers from 1 to 180 spread over more than 4,096 buckets as fine as that, and the sketch tells what it keeps.
            var (expected, error) = (1 + Math.Floor((bucket.Count - 1) / 2.0), bucket.ToSketch().RelativeError);
            Assert.InRange(bucket.Quantile(0.5), expected * (1 - error), expected * (1 + error));
            Assert.InRange(error, 0, granularity == Granularity.Minute ? 0.001 : 0.002);
        }
        var sketch = new QuantileSketch(0.0001);
        sketch.Add(5);
        Assert.Equal(5, QuantileSketch.FromBytes(sketch.ToBytes()).Quantile(0.5));
    }

    [Theory]
    [InlineData(59, 178, 2, Granularity.Hour)]
    [InlineData(59, 178, 3, Granularity.Minute)]
    [InlineData(0, 120, 2, Granularity.Minute)]
    [InlineData(-1, 120, 2, Granularity.Hour)]
    [InlineData(-61, -60, 1, Granularity.Minute)]
    public void No_more_buckets_than_pixels_fall_into_the_range(long from, long to, int pixels, Granularity expected) =>
        Assert.Equal(expected, Granularities.For(from * Points.Second, to * Points.Second, pixels, now: 0, new RollupOptions()));
}
