using Weir.Engine;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Engine.Windows;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Windows;

/// <summary>Streaming equals batch: windows kept point by point hold what computing them anew would give.</summary>
public sealed class WindowedSeriesTests
{
    private const long Lateness = 5 * Points.Second;

    public static TheoryData<Aggregation> Aggregations => new(Enum.GetValues<Aggregation>());

    [Theory]
    [MemberData(nameof(Aggregations))]
    public void Windows_equal_batch_when_points_come_late_and_twice(Aggregation aggregation) => Property.Holds(12, random =>
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"));
        // Half of the cases on a grid, so that points fall on the very beginnings of windows.
        var grid = random.Next(2) == 0 ? 1 : Points.Second / 20;
        var length = random.NextInt64(1, 3 * Points.Second / grid) * grid;
        TimeSeries? windows = null;
        var joins = random.Next(6);
        var newest = ManualClock.Noon;
        for (var round = 0; round < 30; round++)
        {
            if (round == joins) windows = engine.Window(source, Duration.FromNanoseconds(length), aggregation);
            Send(engine, source, random, ref newest, grid);
            engine.RunRound();
            if (windows is not null) AssertEqualBatch(source, windows, length, aggregation);
        }
    });

    [Fact]
    public void Windows_over_windows_equal_batch_when_points_come_late() => Property.Holds(25, random =>
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"));
        var (inner, outer) = (random.NextInt64(1, 4 * Points.Second), random.NextInt64(1, 4 * Points.Second));
        var sums = engine.Window(source, Duration.FromNanoseconds(inner), Aggregation.Sum);
        var rates = engine.Window(sums, Duration.FromNanoseconds(outer), Aggregation.Rate);
        var newest = ManualClock.Noon;
        for (var round = 0; round < 40; round++)
        {
            Send(engine, source, random, ref newest);
            engine.RunRound();
            AssertEqualBatch(source, sums, inner, Aggregation.Sum);
            AssertEqualBatch(sums, rates, outer, Aggregation.Rate);
        }
    });

    [Fact]
    public void Counters_speak_of_sent_points_and_not_of_windows()
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"));
        var inner = engine.Window(source, "10s", Aggregation.Sum);
        engine.Window(inner, "1s", Aggregation.Sum);
        for (var i = 0; i < 100; i++)
        {
            engine.Append(source, ManualClock.Noon + i * Points.Second, i);
            engine.Append(source, ManualClock.Noon + i * Points.Second - 4 * Points.Second, i);
            engine.RunRound();
        }
        Assert.Equal(200, engine.Counters.Appended);
        Assert.Equal(0, engine.Counters.RefusedLate);
    }

    [Fact]
    public void Window_shows_history_when_its_source_is_silent()
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"));
        engine.Append(source, ManualClock.Noon, 1);
        engine.Append(source, ManualClock.Noon + 1, 2);
        engine.RunRound();
        var sums = engine.Window(source, "1s", Aggregation.Sum);
        engine.RunRound();
        Points.AssertSame(Points.Of((ManualClock.Noon, 3)), Points.In(sums.Snapshot));
    }

    [Fact]
    public void Window_takes_in_every_point_when_one_round_brings_more_than_its_source_keeps()
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"));
        source.MaxPoints = 1000;
        var counts = engine.Window(source, "1h", Aggregation.Count);
        for (var i = 0; i < 20_000; i++) engine.Append(source, ManualClock.Noon + i, i);
        engine.RunRound();
        Points.AssertSame(Points.Of((ManualClock.Noon, 20_000)), Points.In(counts.Snapshot));
        for (var i = 20_000; i < 40_000; i++) engine.Append(source, ManualClock.Noon + i, i);
        engine.RunRound();
        Points.AssertSame(Points.Of((ManualClock.Noon, 40_000)), Points.In(counts.Snapshot));
    }

    [Fact]
    public void Window_asked_for_twice_is_one_series()
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("cpu", new Label("core", "1")));
        var window = engine.Window(source, "1m", Aggregation.Avg);
        Assert.Same(window, engine.Window(source, "60s", Aggregation.Avg));
        Assert.NotSame(window, engine.Window(source, "1m", Aggregation.Max));
        Assert.Equal("cpu:avg:1m{core=\"1\"}", window.Key.ToString());
    }

    [Fact]
    public void Window_of_no_length_or_no_aggregation_is_an_error_for_the_caller()
    {
        using var engine = Engine();
        var source = engine.Resolve(new SeriesKey("s"));
        var length = Assert.ThrowsAny<ArgumentException>(() => engine.Window(source, default, Aggregation.Sum));
        Assert.Equal("length", length.ParamName);
        var aggregation = Assert.ThrowsAny<ArgumentException>(() => engine.Window(source, "1s", (Aggregation)99));
        Assert.Equal("aggregation", aggregation.ParamName);
        engine.Append(source, ManualClock.Noon, 1);
        engine.RunRound();
        Assert.Equal(1, source.Snapshot.Count);
    }

    private static TimeSeriesEngine Engine() => new(new EngineOptions { Lateness = Duration.FromNanoseconds(Lateness) }, new ManualClock());

    private static void Send(TimeSeriesEngine engine, TimeSeries series, Random random, ref long newest, long grid = 1)
    {
        var count = random.Next(5) == 0 ? random.Next(2500) : random.Next(12);
        for (var i = 0; i < count; i++)
        {
            var time = random.Next(20) switch
            {
                0 => newest - random.NextInt64(Lateness),
                1 => newest,
                2 => newest += random.NextInt64(8 * Points.Second),
                _ => newest += 1 + random.NextInt64(20_000_000),
            };
            var value = random.Next(15) switch { 0 => double.NaN, 1 => double.PositiveInfinity, _ => random.NextDouble() * 100 };
            engine.Append(series, Math.Min(time / grid * grid, ManualClock.Noon + 3000 * Points.Second), value);
        }
    }

    private static void AssertEqualBatch(TimeSeries source, TimeSeries windows, long length, Aggregation aggregation)
    {
        var points = Points.In(source.Snapshot);
        var batch = Tumbling.Batch(points.Times, points.Values, length, aggregation);
        Points.AssertSame(Points.Of(batch.ToArray()), Points.In(windows.Snapshot), $"{aggregation} over {length} ns:");
    }
}
