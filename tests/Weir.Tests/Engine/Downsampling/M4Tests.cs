using Weir.Engine.Downsampling;
using Weir.Engine.Series;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Downsampling;

public sealed class M4Tests
{
    public static TheoryData<int, int> Sizes => new()
    {
        { 0, 3 }, { 1, 10 }, { 2, 10 }, { 15, 10 }, { 16, 10 }, { 17, 10 }, { 255, 8 }, { 256, 8 }, { 257, 8 }, { 1023, 8 }, { 1024, 8 },
        { 1025, 8 }, { 2048, 5 }, { 17 * 1024, 4 }, { 20_000, 4 }, { 100_000, 2 }, { 16 * 16 * 1024 + 5 * 1024 + 3, 2 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Read_equals_reading_plainly_for_any_range_and_step(int size, int cases) => Property.Holds(cases, random =>
        AssertReadsPlainly(Filled(Points.Random(random, size), random).Snapshot, random));

    [Fact]
    public void Read_equals_reading_plainly_after_evictions_and_late_points() => Property.Holds(12, random =>
    {
        var points = Points.Random(random, random.Next(5_000, 60_000));
        var series = Filled(points, random);
        for (var times = random.Next(1, 40); times > 0; times--)
        {
            if (random.Next(3) > 0) series.EvictOldest(1000);
            var newest = series.Snapshot.LastTime;
            for (var i = random.Next(1500); i > 0; i--) series.Take(newest += 1 + random.NextInt64(1_000_000), random.Next(-50, 50));
            for (var i = random.Next(5) == 0 ? random.Next(40) : 0; i > 0; i--) series.Take(random.NextInt64(series.Snapshot.FirstTime, newest), random.Next(-90, 90));
            series.EndRound(long.MaxValue / 2);
        }
        AssertReadsPlainly(series.Snapshot, random);
    });

    [Fact]
    public void Read_of_an_old_snapshot_stays_the_same_while_the_series_goes_on() => Property.Holds(6, random =>
    {
        var series = Filled(Points.Random(random, random.Next(20_000)), random);
        var held = new List<(SeriesSnapshot Snapshot, Points Points)>();
        var newest = ManualClock.Noon * 2;
        for (var round = 0; round < 60; round++)
        {
            for (var i = random.Next(2000); i >= 0; i--) series.Take(newest += 1000, random.Next(1000));
            if (random.Next(6) == 0) series.Take(random.NextInt64(series.Snapshot.FirstTime, newest), -1e6);
            series.EndRound(long.MaxValue / 2);
            if (random.Next(3) == 0) held.Add((series.Snapshot, Points.In(series.Snapshot)));
            for (var evictions = random.Next(4); evictions > 0; evictions--) series.EvictOldest(1000);
            if (random.Next(3) == 0) held.Add((series.Snapshot, Points.In(series.Snapshot)));
        }
        foreach (var (snapshot, points) in held) Points.AssertSame(points, Points.In(snapshot));
        AssertReadsPlainly(held[random.Next(held.Count)].Snapshot, random);
    });

    [Fact]
    public void Read_of_an_old_snapshot_outlives_the_ladder_of_its_chunks()
    {
        var series = new TimeSeries(0, new SeriesKey("s"), SeriesKind.Gauge);
        var (random, newest) = (new Random(1), 0L);
        Go(20);
        var old = series.Snapshot;
        var points = Points.In(old);
        for (var round = 0; round < 100; round++)
        {
            Go(1);
            series.EvictOldest(1000);
        }
        AssertReadsPlainly(old, 0, long.MaxValue, points.Times[^1] * 2);
        AssertReadsPlainly(old, 0, long.MaxValue, points.Times[^1] / 3);

        void Go(int chunks)
        {
            for (var i = 0; i < chunks * 1024; i++) series.Take(newest += 1000, random.Next(1000));
            series.EndRound(0);
        }
    }

    [Fact]
    public void Read_of_regular_points_equals_reading_plainly_when_columns_begin_and_end_on_them() => Property.Holds(30, random =>
    {
        var series = new TimeSeries(0, new SeriesKey("s"), SeriesKind.Gauge);
        var count = random.Next(1, 9000);
        for (var i = 0; i < count; i++) series.Take(i * 10, random.Next(100));
        series.EndRound(0);
        foreach (var pointsInColumn in new[] { 1, 2, random.Next(1, 5000), 341, 1023, 1024, 1025, 2047, 4096 })
        {
            var (a, b) = (random.Next(count + 1) * 10, random.Next(count + 1) * 10);
            AssertReadsPlainly(series.Snapshot, long.MinValue, long.MaxValue, pointsInColumn * 10);
            AssertReadsPlainly(series.Snapshot, Math.Min(a, b), Math.Max(a, b), pointsInColumn * 10);
        }
    });

    [Theory]
    [InlineData(-1, 10, -1)]
    [InlineData(-10, 10, -1)]
    [InlineData(-11, 10, -2)]
    [InlineData(0, 10, 0)]
    [InlineData(9, 10, 0)]
    [InlineData(10, 10, 1)]
    public void ColumnOf_rounds_down_on_both_sides_of_1970(long time, long step, long column) => Assert.Equal(column, M4.ColumnOf(time, step));

    [Fact]
    public void Read_around_1970_puts_no_column_astride()
    {
        var series = new TimeSeries(0, new SeriesKey("s"), SeriesKind.Gauge);
        for (var time = -2000; time < 2000; time++) series.Take(time, time);
        series.EndRound(0);
        var columns = new Columns();
        M4.Read(series.Snapshot, long.MinValue, long.MaxValue, 1000, columns);
        Assert.Equal([-2L, -1, 0, 1], columns.Items.ToArray().Select(c => c.Number));
        Assert.Equal([-2000.0, -1000, 0, 1000], columns.Items.ToArray().Select(c => c.First));
        Assert.Equal([-1001.0, -1, 999, 1999], columns.Items.ToArray().Select(c => c.Last));
    }

    [Fact]
    public void Infinities_are_kept_at_the_ends_and_left_out_of_the_extremes()
    {
        var columns = new Columns();
        M4.ReadPlainly([0, 1, 2], [double.PositiveInfinity, double.NaN, double.NegativeInfinity], 10, columns);
        var column = columns.Items[0];
        Assert.Equal((double.PositiveInfinity, double.NegativeInfinity), (column.First, column.Last));
        Assert.Equal((double.NaN, double.NaN), (column.Min, column.Max));
    }

    [Fact]
    public void Read_refuses_a_step_that_is_not_positive() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => M4.Read(new TimeSeries(0, new SeriesKey("s"), SeriesKind.Gauge).Snapshot, 0, 1, 0, new Columns()));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Columns_draw_the_same_pixels_as_all_points_at_any_zoom(bool finite) => Property.Holds(12, random =>
    {
        var points = Points.Random(random, random.Next(1, 30_000), finite: finite);
        var snapshot = Filled(points, random).Snapshot;
        for (var zoom = 0; zoom < 4; zoom++)
        {
            var (a, b) = (random.NextInt64(snapshot.FirstTime, snapshot.LastTime + 1), random.NextInt64(snapshot.FirstTime, snapshot.LastTime + 1));
            var (from, to) = zoom == 0 ? (snapshot.FirstTime, snapshot.LastTime + 1) : (Math.Min(a, b), Math.Max(a, b) + 1);
            AssertDrawsTheSame(points.Between(from, to), snapshot, from, to, (to - from) / random.Next(1, 400) + 1, height: random.Next(1, 120));
        }
    });

    private static void AssertDrawsTheSame(Points points, SeriesSnapshot snapshot, long from, long to, long step, int height)
    {
        var drawn = points.Values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (all, reduced) = (new Raster(M4.ColumnOf(from, step), drawn.Min(), drawn.Max(), height), new Raster(M4.ColumnOf(from, step), drawn.Min(), drawn.Max(), height));
        var broken = new HashSet<int>();
        for (var i = 0; i < points.Count; i++)
        {
            var (column, previous) = (M4.ColumnOf(points.Times[i], step), M4.ColumnOf(points.Times[Math.Max(0, i - 1)], step));
            all.Line(column, points.Values[i], column, points.Values[i]);
            if (i == 0) continue;
            all.Line(previous, points.Values[i - 1], column, points.Values[i]);
            if (previous == column && !(double.IsFinite(points.Values[i - 1]) && double.IsFinite(points.Values[i]))) broken.Add(all.X(column));
        }

        var columns = new Columns();
        M4.Read(snapshot, from, to, step, columns);
        for (var i = 0; i < columns.Count; i++)
        {
            ref readonly var column = ref columns.Items[i];
            reduced.Line(column.Number, column.Min, column.Number, column.Max);
            if (i > 0) reduced.Line(columns.Items[i - 1].Number, columns.Items[i - 1].Last, column.Number, column.First);
        }
        var (missing, extra) = (all.Pixels.Except(reduced.Pixels).ToList(), reduced.Pixels.Except(all.Pixels).ToList());
        // A gap that begins and ends inside one pixel column cannot be seen at this zoom: there, and only there, a column is drawn through it.
        extra.RemoveAll(pixel => broken.Contains(pixel.X));
        Assert.True(missing.Count + extra.Count == 0, $"{missing.Count} pixels are missing, {extra.Count} are too many.");
    }

    private static TimeSeries Filled(Points points, Random random)
    {
        var series = new TimeSeries(0, new SeriesKey("s"), SeriesKind.Gauge);
        var late = new List<int>();
        for (var i = 0; i < points.Count; i++)
        {
            if (random.Next(200) == 0 && i < points.Count - 1) late.Add(i);
            else series.Take(points.Times[i], points.Values[i]);
            if (random.Next(3000) > 0) continue;
            Deliver();
        }
        Deliver();
        return series;

        void Deliver()
        {
            foreach (var i in late) series.Take(points.Times[i], points.Values[i]);
            late.Clear();
            series.EndRound(long.MaxValue / 2);
        }
    }

    private static void AssertReadsPlainly(SeriesSnapshot snapshot, Random random)
    {
        var all = Points.In(snapshot);
        Assert.Equal(snapshot.Count, all.Count);
        var (first, last) = all.Count == 0 ? (0, 1) : (all.Times[0], all.Times[^1] + 1);
        for (var range = 0; range < 12; range++)
        {
            var (a, b) = (random.NextInt64(first - 5, last + 5), random.NextInt64(first - 5, last + 5));
            var (from, to) = range == 0 ? (long.MinValue, long.MaxValue) : (Math.Min(a, b), Math.Max(a, b));
            var step = range % 3 == 2 ? (last - first) * 3 : Math.Max(1, (last - first) / random.Next(1, 3000));
            AssertReadsPlainly(snapshot, from, to, step);
        }
    }

    private static void AssertReadsPlainly(SeriesSnapshot snapshot, long from, long to, long step)
    {
        var (read, plain) = (new Columns(), new Columns());
        M4.Read(snapshot, from, to, step, read);
        var inside = Points.In(snapshot).Between(from, to);
        M4.ReadPlainly(inside.Times, inside.Values, step, plain);
        Assert.Equal(plain.Count, read.Count);
        for (var i = 0; i < plain.Count; i++) Assert.Equal(plain.Items[i], read.Items[i]);
    }

    /// <summary>Black pixels on a grid; lines by Bresenham, which sees only the pixels of their ends.</summary>
    private sealed class Raster(long firstColumn, double low, double high, int height)
    {
        public HashSet<(int X, int Y)> Pixels { get; } = [];

        public int X(long column) => (int)(column - firstColumn);

        /// <summary>Draws nothing from or to a gap or an infinity.</summary>
        public void Line(long fromColumn, double fromValue, long toColumn, double toValue)
        {
            if (!double.IsFinite(fromValue) || !double.IsFinite(toValue)) return;
            var (x, y) = (X(fromColumn), Row(fromValue));
            var (toX, toY) = (X(toColumn), Row(toValue));
            var (dx, dy) = (Math.Abs(toX - x), -Math.Abs(toY - y));
            var (stepX, stepY) = (x < toX ? 1 : -1, y < toY ? 1 : -1);
            var error = dx + dy;
            while (true)
            {
                Pixels.Add((x, y));
                if (x == toX && y == toY) return;
                var twice = 2 * error;
                if (twice >= dy) (error, x) = (error + dy, x + stepX);
                if (twice <= dx) (error, y) = (error + dx, y + stepY);
            }
        }

        private int Row(double value) => high == low ? 0 : (int)((value - low) / (high - low) * (height - 1));
    }
}
