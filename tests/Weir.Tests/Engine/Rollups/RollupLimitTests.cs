using Weir.Engine;
using Weir.Engine.Queries;
using Weir.Engine.Rollups;
using Weir.Engine.Series;
using Weir.Engine.Sketches;
using Weir.Tests.Data;
using Weir.Tests.Engine.Sketches;

namespace Weir.Tests.Engine.Rollups;

/// <summary>The limit of bytes holds whatever is sent, and what is left under it is right.</summary>
public sealed class RollupLimitTests
{
    private const long Minute = 60 * Points.Second;
    private const int Megabyte = 1 << 20;

    [Fact]
    public void Limit_of_bytes_holds_under_a_producer_that_does_what_it_likes() => Property.Holds(4, random =>
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
                if (isHistogram) engine.Rollups!.Append(series, time, SketchStates.OneByOne([value]));
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
        for (var minute = 0; minute < 3; minute++)
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
    public void Buckets_that_are_left_under_the_limit_are_whole() => Property.Holds(4, random =>
    {
        var clock = new ManualClock(ManualClock.Noon - random.NextInt64(24 * 60 * Minute));
        using var engine = new TimeSeriesEngine(new EngineOptions { Rollups = new RollupOptions { BytesMax = Megabyte } }, clock);
        var series = Enumerable.Range(0, random.Next(50, 1200)).Select(i => engine.Resolve(new SeriesKey("s" + i))).ToArray();
        var sent = series.Select(_ => new SortedDictionary<long, double>()).ToArray();
        var minutes = 100_000 / series.Length;
        for (var i = 0; i < minutes; i++, clock.Now += Minute)
        {
            for (var point = 0; point < 2; point++)
            {
                foreach (var one in series)
                {
                    var time = clock.Now - 40 * Points.Second + point * 20 * Points.Second + random.NextInt64(10 * Points.Second);
                    sent[one.Id][time] = random.Next(1, 1 << random.Next(1, 20));
                    engine.Append(one, time, sent[one.Id][time]);
                }
                engine.RunRound();
                Assert.InRange(engine.Rollups!.Bytes, 0, Megabyte);
            }
        }
        Assert.True(engine.Rollups!.WentEarly > 0);
        var read = 0;
        foreach (var granularity in new[] { Granularity.Minute, Granularity.Hour, Granularity.Day })
        {
            foreach (var one in series)
            {
                var buckets = engine.Rollups.Read(one, long.MinValue, long.MaxValue, granularity);
                var expected = PlainRollup.Of(Points.Of(sent[one.Id]), granularity);
                // Those that went are the oldest, and nothing is missing after them.
                Assert.Equal(expected[(expected.Length - buckets.Count)..], buckets.Select(PlainRollup.Of));
                read += buckets.Count;
            }
        }
        Assert.True(read > 0);
    });

    [Theory]
    [InlineData(SeriesKind.Gauge, 100)]
    [InlineData(SeriesKind.Histogram, 1)]
    public void Limit_of_bytes_holds_with_as_many_series_as_there_may_be(SeriesKind kind, int points)
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(new EngineOptions { Rollups = new RollupOptions { BytesMax = Megabyte } }, clock);
        var series = Enumerable.Range(0, Megabyte / RollupStore.BytesPerSeries).Select(i => engine.Resolve(new SeriesKey("s" + i), kind)).ToArray();
        for (var minute = 0; minute < 3; minute++, clock.Now += Minute)
        {
            foreach (var one in series)
            {
                for (var i = 0; i < points; i++)
                {
                    if (kind == SeriesKind.Histogram) engine.Rollups!.Append(one, clock.Now, SketchStates.OneByOne([i]));
                    else engine.Append(one, clock.Now + i, i);
                }
            }
            engine.RunRound();
            Assert.InRange(engine.Rollups!.Bytes, 0, Megabyte);
        }
    }

    [Fact]
    public void Query_takes_hours_where_minutes_went_early()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(new EngineOptions { Rollups = new RollupOptions { BytesMax = Megabyte } }, clock);
        var series = Enumerable.Range(0, 20).Select(i => engine.Resolve(new SeriesKey("s" + i))).ToArray();
        for (var minute = 0; minute < 12 * 60; minute++, clock.Now += Minute)
        {
            foreach (var one in series) engine.Append(one, clock.Now, minute % 7);
            engine.RunRound();
        }
        Assert.True(engine.Rollups!.WentEarly > 0);
        var whole = engine.GetTimeSeries("s*", ManualClock.Noon, clock.Now);
        Assert.All(whole, found => Assert.Equal(12 * 60, found.Buckets.Sum(bucket => bucket.Count)));
        var recent = engine.GetTimeSeries("s*", clock.Now - 10 * Minute, clock.Now);
        Assert.All(recent, found => Assert.Equal(10, found.Buckets.Count));
    }

    [Fact]
    public void Series_past_what_the_limit_holds_have_no_rollups_and_are_counted()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { Rollups = new RollupOptions { BytesMax = Megabyte } }, new ManualClock());
        const int most = Megabyte / RollupStore.BytesPerSeries;
        var series = Enumerable.Range(0, most + 3).Select(i => engine.Resolve(new SeriesKey("s" + i))).ToArray();
        for (var round = 0; round < 3; round++)
        {
            foreach (var one in series) engine.Append(one, ManualClock.Noon + round, 1);
            engine.RunRound();
            Assert.InRange(engine.Rollups!.Bytes, 0, Megabyte);
        }
        Assert.Equal(3, engine.Rollups!.RefusedSeries);
        Assert.Empty(engine.Rollups.Read(series[^1], long.MinValue, long.MaxValue, Granularity.Day));
    }

    [Fact]
    public void Rollups_take_a_quarter_of_a_small_budget_and_count_in_it()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { BytesMax = Megabyte }, new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        for (var i = 0; i < 200_000; i++)
        {
            engine.Append(series, ManualClock.Noon - (200_000 - i) * Minute / 8, i % 1000);
            if (i % 4000 == 0) engine.RunRound();
            Assert.InRange(engine.Rollups!.Bytes, 0, Megabyte / 4);
        }
        engine.RunRound();
        Assert.Equal(Megabyte / 4, engine.Rollups!.BytesMax);
        Assert.True(engine.Rollups.Bytes > Megabyte / 8);
        Assert.Equal(engine.Counters.PointBytes + engine.Rollups.Bytes + engine.Counters.WindowBytes, engine.Counters.Bytes);
        Assert.InRange(engine.Counters.Bytes, 0, Megabyte);
    }

    [Fact]
    public void Intervals_past_the_bytes_that_may_wait_are_lost_and_counted()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var series = engine.Resolve(new SeriesKey("h"), SeriesKind.Histogram);
        var wide = SketchStates.OneByOne([.. Enumerable.Range(0, 4000).Select(i => Math.Exp(i / 100.0))]);
        for (var i = 0; i < 5000; i++) engine.Rollups!.Append(series, ManualClock.Noon, wide);
        engine.RunRound();
        var taken = engine.Rollups!.Distribution(series, 0, long.MaxValue, Granularity.Day).Count / wide.Count;
        Assert.Equal(5000, taken + engine.Rollups.Lost);
        Assert.InRange(taken * (112 + CompactSketch.Of(wide).Bytes), IntervalQueue.BytesMax - 10_000, IntervalQueue.BytesMax);
    }

    [Fact]
    public void Finest_error_that_is_allowed_can_be_read_back()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { Rollups = new RollupOptions { RelativeError = 0.0001 } }, new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        for (var i = 0; i < 180; i++) engine.Append(series, ManualClock.Noon + i * Minute / 2, i + 1);
        engine.RunRound();
        engine.RunRound();
        foreach (var granularity in new[] { Granularity.Minute, Granularity.Hour, Granularity.Day })
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
