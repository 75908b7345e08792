using Weir.Engine;
using Weir.Engine.Downsampling;
using Weir.Engine.Rollups;
using Weir.Engine.Series;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.History;

/// <summary>After eviction a chart shows rollups where points are gone and points where they are, each value in one of the two.</summary>
public sealed class MemoryHistoryTests
{
    private const long Minute = 60 * Points.Second;
    private const long Day = 24 * 60 * Minute;
    private const long Start = ManualClock.Noon - Day;

    [Theory]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(3600)]
    public void Columns_hold_every_value_of_a_day_whose_points_are_gone(int seconds) => Property.Holds(4, random =>
    {
        using var engine = Filled(random, new RollupOptions(), out var series, out var sent);
        var (step, read) = (seconds * Points.Second, new Columns());
        engine.History.ReadColumns(series, Start, ManualClock.Noon, step, read);
        // The plain account: minutes through the one in which the last point went, points after it.
        var pointsFrom = (series.EvictedTo / Minute + 1) * Minute;
        var expected = new SortedDictionary<long, (double Min, double Max, double Last, bool IsRollup)>();
        foreach (var minute in sent.Where(point => point.Key < pointsFrom).GroupBy(point => point.Key / Minute * Minute))
        {
            Add(minute.Key, minute.Min(point => point.Value), minute.Max(point => point.Value), minute.Last().Value, true);
        }
        foreach (var (time, value) in sent.Where(point => point.Key >= pointsFrom)) Add(time, value, value, value, false);
        Assert.True(series.EvictedTo > Start + Day / 2);
        Assert.Equal(expected.Select(column => (column.Key, column.Value)), read.Items.ToArray().Select(column => (column.Number, (column.Min, column.Max, column.Last, column.IsRollup))));
        foreach (var column in read.Items)
        {
            foreach (var time in (long[])[column.FirstTime, column.MinTime, column.MaxTime, column.LastTime]) Assert.Equal(column.Number, M4.ColumnOf(time, step));
        }

        void Add(long time, double min, double max, double last, bool isRollup)
        {
            var number = M4.ColumnOf(time, step);
            expected[number] = expected.TryGetValue(number, out var known)
                ? (Math.Min(known.Min, min), Math.Max(known.Max, max), last, known.IsRollup || isRollup)
                : (min, max, last, isRollup);
        }
    });

    [Fact]
    public void Pieces_between_columns_are_what_the_whole_is() => Property.Holds(6, random =>
    {
        using var engine = Filled(random, new RollupOptions { MinuteRetention = "5h" }, out var series, out _);
        var (step, whole, pieces) = (random.NextInt64(1, 5000) * Points.Second, new Columns(), new Columns());
        engine.History.ReadColumns(series, Start, ManualClock.Noon, step, whole);
        for (long from = Start, to; from < ManualClock.Noon; from = to)
        {
            to = Math.Min(ManualClock.Noon, (M4.ColumnOf(from, step) + random.Next(1, 40)) * step);
            engine.History.ReadColumns(series, from, to, step, pieces);
        }
        Assert.Equal(whole.Items.ToArray(), pieces.Items.ToArray());
    });

    [Fact]
    public void Hours_stand_where_minutes_are_gone_and_nothing_is_counted_twice()
    {
        using var engine = Filled(new Random(3), new RollupOptions { MinuteRetention = "5h" }, out var series, out var sent);
        var read = new Columns();
        engine.History.ReadColumns(series, Start, ManualClock.Noon, 60 * Minute, read);
        Assert.Equal(
            sent.GroupBy(point => point.Key / (60 * Minute)).Select(hour => (hour.Key, hour.Min(point => point.Value), hour.Max(point => point.Value), hour.Last().Value)),
            read.Items.ToArray().Select(column => (column.Number, column.Min, column.Max, column.Last)));
        read.Clear();
        engine.History.ReadColumns(series, Start, Start + 12 * 60 * Minute, Minute, read);
        Assert.Equal(12, read.Count);
    }

    [Fact]
    public void Series_without_rollups_shows_the_points_it_holds()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { Rollups = null }, new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        series.MaxPoints = 1000;
        engine.Import(series, [.. Enumerable.Range(0, 9000).Select(i => Start + i * Points.Second)], new double[9000]);
        engine.RunRound();
        var (read, points) = (new Columns(), new Columns());
        engine.History.ReadColumns(series, Start, ManualClock.Noon, Minute, read);
        M4.Read(series.Snapshot, Start, ManualClock.Noon, Minute, points);
        Assert.Equal(points.Items.ToArray(), read.Items.ToArray());
        Assert.True(read.Count > 0);
    }

    private static TimeSeriesEngine Filled(Random random, RollupOptions rollups, out TimeSeries series, out SortedDictionary<long, double> sent)
    {
        var clock = new ManualClock(Start);
        var engine = new TimeSeriesEngine(new EngineOptions { Rollups = rollups }, clock);
        series = engine.Resolve(new SeriesKey("s"));
        series.MaxPoints = 2000;
        sent = [];
        for (var time = Start; time < ManualClock.Noon; time += random.NextInt64(1, 20 * Points.Second))
        {
            engine.Append(series, time, sent[time] = random.Next(1000));
            if (random.Next(100) > 0) continue;
            clock.Now = time;
            engine.RunRound();
        }
        clock.Now = ManualClock.Noon;
        for (var i = 0; i < 3; i++) engine.RunRound();
        return engine;
    }
}
