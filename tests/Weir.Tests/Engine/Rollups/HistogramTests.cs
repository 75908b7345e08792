using Weir.Engine;
using Weir.Engine.Rollups;
using Weir.Engine.Series;
using Weir.Engine.Sketches;
using Weir.Tests.Data;
using Weir.Tests.Engine.Sketches;

namespace Weir.Tests.Engine.Rollups;

/// <summary>Series whose points are sketches: their rollups are those of all the values together.</summary>
public sealed class HistogramTests
{
    private const long Minute = 60 * Points.Second;

    [Fact]
    public void Rollups_of_intervals_equal_those_of_all_values() => Property.Holds(15, random =>
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var series = engine.Resolve(new SeriesKey("latency"), SeriesKind.Histogram);
        var all = new SortedDictionary<long, List<double>>();
        for (var interval = 0; interval < 200; interval++)
        {
            clock.Now += random.NextInt64(3 * Minute);
            var values = Distributions.All["latencies"](random, random.Next(50));
            engine.Rollups!.Append(series, clock.Now, SketchStates.OneByOne(values));
            var minute = clock.Now / Minute * Minute;
            if (!all.TryGetValue(minute, out var list)) all.Add(minute, list = []);
            list.AddRange(values);
            if (random.Next(3) == 0) engine.RunRound();
        }
        engine.RunRound();
        var minutes = engine.Rollups!.Read(series, long.MinValue, long.MaxValue, Granularity.Minute);
        Assert.Equal(all.Keys, minutes.Select(minute => minute.Start));
        foreach (var minute in minutes) SketchStates.AssertSame(SketchStates.OneByOne(all[minute.Start].ToArray()), minute.ToSketch());
        foreach (var granularity in new[] { Granularity.Minute, Granularity.Hour, Granularity.Day })
        {
            var everything = engine.Rollups.Distribution(series, long.MinValue, long.MaxValue, granularity);
            SketchStates.AssertSame(SketchStates.OneByOne(all.Values.SelectMany(values => values).ToArray()), everything);
        }
    });

    [Fact]
    public void Heatmap_has_a_column_for_each_minute()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock(ManualClock.Noon + 4 * Minute));
        var (histogram, gauge) = (engine.Resolve(new SeriesKey("h"), SeriesKind.Histogram), engine.Resolve(new SeriesKey("g")));
        foreach (var (minute, value) in new[] { (0, 1.0), (0, 2.0), (3, 1.0), (3, 1.0) })
        {
            engine.Rollups!.Append(histogram, ManualClock.Noon + minute * Minute, SketchStates.OneByOne([value]));
            engine.Append(gauge, engine.NextTime() % Minute + ManualClock.Noon + minute * Minute, value);
        }
        engine.RunRound();
        foreach (var series in new[] { histogram, gauge })
        {
            var heatmap = engine.Rollups!.Heatmap(series, ManualClock.Noon, ManualClock.Noon + 4 * Minute + 1, Granularity.Minute, rowsMax: 2);
            Assert.Equal((5, 2), (heatmap.Columns, heatmap.Rows));
            Assert.Equal([1, 0, 0, 2, 0], Enumerable.Range(0, 5).Select(column => heatmap[column, 0]));
            Assert.Equal([1, 0, 0, 0, 0], Enumerable.Range(0, 5).Select(column => heatmap[column, 1]));
        }
        Assert.Equal(1, engine.Rollups!.Heatmap(gauge, long.MinValue, long.MinValue + 10, Granularity.Day).Columns);
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Rollups!.Heatmap(gauge, long.MinValue, long.MaxValue, Granularity.Day));
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Rollups!.Heatmap(gauge, 0, ManualClock.Noon, Granularity.Minute));
    }

    [Fact]
    public void Seconds_are_the_intervals_of_the_last_ten_minutes() => Property.Holds(10, random =>
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var series = engine.Resolve(new SeriesKey("latency"), SeriesKind.Histogram);
        var all = new SortedDictionary<long, List<double>>();
        for (var interval = 0; interval < 1500; interval++)
        {
            clock.Now += random.NextInt64(Points.Second);
            // In any order within a minute.
            var time = Math.Max(clock.Now / Minute * Minute, clock.Now - random.NextInt64(3 * Points.Second));
            var values = Distributions.All["latencies"](random, random.Next(1, 30));
            engine.Rollups!.Append(series, time, SketchStates.OneByOne(values));
            if (!all.TryGetValue(time / Points.Second * Points.Second, out var list)) all.Add(time / Points.Second * Points.Second, list = []);
            list.AddRange(values);
            engine.RunRound();
        }
        var kept = all.Keys.Where(second => second + Points.Second > clock.Now - 10 * Minute).ToArray();
        Assert.InRange(kept.Length, 300, all.Count - 60);
        var seconds = engine.Rollups!.Read(series, long.MinValue, long.MaxValue, Granularity.Second);
        Assert.Equal(kept, seconds.Select(second => second.Start));
        foreach (var second in seconds) SketchStates.AssertSame(SketchStates.OneByOne([.. all[second.Start]]), second.ToSketch());
        var heatmap = engine.Rollups.Heatmap(series, kept[0], kept[^1] + 1, Granularity.Second);
        Assert.Equal((kept[^1] - kept[0]) / Points.Second + 1, heatmap.Columns);
        for (var i = 0; i < heatmap.Columns; i++)
        {
            var values = all.TryGetValue(kept[0] + i * Points.Second, out var list) ? list.Count : 0;
            Assert.Equal(values, Enumerable.Range(0, heatmap.Rows).Sum(row => heatmap[i, row]));
        }
        Assert.Empty(engine.Rollups.Read(engine.Resolve(new SeriesKey("gauge")), long.MinValue, long.MaxValue, Granularity.Second));
    });

    [Fact]
    public void Interval_whose_minute_is_over_is_refused_and_counted()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var series = engine.Resolve(new SeriesKey("h"), SeriesKind.Histogram);
        foreach (var minute in new[] { 1, 0, 1 }) engine.Rollups!.Append(series, ManualClock.Noon + minute * Minute, SketchStates.OneByOne([1]));
        engine.RunRound();
        Assert.Equal(1, engine.Rollups!.RefusedLate);
        Assert.Equal(2, Assert.Single(engine.Rollups.Read(series, long.MinValue, long.MaxValue, Granularity.Hour)).Count);
    }

    [Fact]
    public void Intervals_past_the_limit_are_lost_and_counted()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var series = engine.Resolve(new SeriesKey("h"), SeriesKind.Histogram);
        var sketch = SketchStates.OneByOne([1]);
        for (var i = 0; i < IntervalQueue.LengthMax + 5; i++) engine.Rollups!.Append(series, ManualClock.Noon, sketch);
        engine.RunRound();
        Assert.Equal(5, engine.Rollups!.Lost);
        Assert.Equal(IntervalQueue.LengthMax, engine.Rollups.Distribution(series, 0, long.MaxValue, Granularity.Day).Count);
    }

    [Fact]
    public void Gauge_takes_no_sketch()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var gauge = engine.Resolve(new SeriesKey("g"));
        Assert.Contains("'g' is a gauge", Assert.Throws<ArgumentException>(() => engine.Rollups!.Append(gauge, 0, new QuantileSketch())).Message);
    }
}
