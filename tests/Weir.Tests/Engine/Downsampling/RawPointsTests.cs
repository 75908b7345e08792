using Weir.Engine.Downsampling;
using Weir.Engine.Downsampling.Lanes;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Downsampling;

/// <summary>Every width of registers gives the same, and the same as looking at the points one by one.</summary>
public sealed class RawPointsTests
{
    public static TheoryData<int> Widths => [1, 2, 4, 8];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Extremes_are_the_first_smallest_and_largest_finite_value(int width) => Property.Holds(200, random =>
    {
        var values = Points.Random(random, random.Next(0, 3000), finite: random.Next(2) == 0).Values;
        if (random.Next(10) == 0) Array.Fill(values, random.Next(3) switch { 0 => double.NaN, 1 => double.NegativeInfinity, _ => -0.0 });
        var (argMin, argMax) = (-1, -1);
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i])) continue;
            if (argMin < 0 || values[i] < values[argMin]) argMin = i;
            if (argMax < 0 || values[i] > values[argMax]) argMax = i;
        }
        Assert.Equal(new Extremes(argMin, argMax), Extremes.Of(values, (LaneWidth)width));
    });

    [Theory]
    [MemberData(nameof(Widths))]
    public void M4_equals_reading_plainly(int width) => Property.Holds(60, random =>
    {
        var points = Points.Random(random, random.Next(0, 20_000));
        var step = points.Count == 0 ? 1 : Math.Max(1, (points.Times[^1] - points.Times[0]) / random.Next(1, 2000));
        var (reduced, plain) = (new Columns(), new Columns());
        M4.Reduce(points.Times, points.Values, step, reduced, (LaneWidth)width);
        M4.ReadPlainly(points.Times, points.Values, step, plain);
        Assert.Equal(plain.Items.ToArray(), reduced.Items.ToArray());
    });

    [Fact]
    public void Columns_reach_to_the_ends_of_time()
    {
        long[] times = [long.MinValue, long.MinValue + 1, -1, 0, long.MaxValue - 1, long.MaxValue];
        var (reduced, plain) = (new Columns(), new Columns());
        M4.Reduce(times, [1, 2, 3, 4, 5, 6], long.MaxValue, reduced);
        M4.ReadPlainly(times, [1, 2, 3, 4, 5, 6], long.MaxValue, plain);
        Assert.Equal(plain.Items.ToArray(), reduced.Items.ToArray());
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Averages_are_the_same_to_the_last_bit_for_every_width(int width) => Property.Holds(60, random =>
    {
        var points = Points.Random(random, random.Next(0, 20_000));
        var step = points.Count == 0 ? 1 : Math.Max(1, (points.Times[^1] - points.Times[0]) / random.Next(1, 500));
        var (means, scalar) = (new List<ColumnMean>(), new List<ColumnMean>());
        Averages.Reduce(points.Times, points.Values, step, means, (LaneWidth)width);
        Averages.Reduce(points.Times, points.Values, step, scalar, LaneWidth.One);
        Assert.Equal(scalar, means);
        var columns = Enumerable.Range(0, points.Count).GroupBy(i => M4.ColumnOf(points.Times[i], step), i => points.Values[i]).ToArray();
        Assert.Equal(columns.Select(column => (column.Key, (long)column.Count(double.IsFinite))), means.Select(mean => (mean.Number, mean.Count)));
        for (var i = 0; i < columns.Length; i++)
        {
            var finite = columns[i].Where(double.IsFinite).ToArray();
            if (finite.Length == 0) Assert.Equal(double.NaN, means[i].Mean);
            // Two orders of adding n numbers differ by at most n roundings of the sum of their sizes.
            else Assert.Equal(finite.Sum() / finite.Length, means[i].Mean, tolerance: finite.Sum(Math.Abs) * 2.3e-16 + double.Epsilon);
        }
    });

    [Theory]
    [MemberData(nameof(Widths))]
    public void MinMax_keeps_the_extremes_of_every_run(int width) => Property.Holds(60, random =>
    {
        var values = Points.Random(random, random.Next(0, 5000)).Values;
        var buckets = random.Next(1, 300);
        var positions = new int[2 * buckets];
        var count = MinMax.Select(values, buckets, positions, (LaneWidth)width);
        var expected = new List<int>();
        for (var bucket = 0; bucket < buckets; bucket++)
        {
            var run = Enumerable.Range(0, values.Length).Where(i => i >= (long)values.Length * bucket / buckets && i < (long)values.Length * (bucket + 1) / buckets && double.IsFinite(values[i])).ToArray();
            if (run.Length > 0) expected.AddRange(new[] { run.MinBy(i => values[i]), run.MaxBy(i => values[i]) }.Distinct().Order());
        }
        Assert.Equal(expected, positions[..count]);
    });

    [Theory]
    [MemberData(nameof(Widths))]
    public void Lttb_keeps_the_ends_and_as_many_as_asked_for(int width) => Property.Holds(60, random =>
    {
        var points = Points.Random(random, random.Next(2, 20_000), finite: true);
        var positions = new int[random.Next(3, 800)];
        var count = Lttb.Select(points.Times, points.Values, positions, (LaneWidth)width);
        Assert.Equal(Math.Min(positions.Length, points.Count), count);
        Assert.Equal(0, positions[0]);
        Assert.Equal(points.Count - 1, positions[count - 1]);
        for (var i = 1; i < count; i++) Assert.True(positions[i] > positions[i - 1]);
    });

    [Fact]
    public void Lttb_of_few_points_is_lttb_of_all() => Property.Holds(60, random =>
    {
        var points = Points.Random(random, random.Next(2, 400));
        var (fast, plain) = (new int[random.Next(100, 200)], new int[200]);
        var count = Lttb.Select(points.Times, points.Values, fast);
        Assert.Equal(plain[..Lttb.SelectPlainly(points.Times, points.Values, plain.AsSpan(0, fast.Length))], fast[..count]);
    });

    [Fact]
    public void Lttb_over_candidates_covers_nearly_the_area_of_lttb_over_all() => Property.Holds(8, random =>
    {
        var times = Enumerable.Range(0, 50_000).Select(i => i * 1_000_000L).ToArray();
        var (values, level) = (new double[times.Length], 0.0);
        for (var i = 0; i < values.Length; i++) values[i] = level += random.NextDouble() - 0.5;
        var (fast, plain) = (new int[500], new int[500]);
        Lttb.Select(times, values, fast);
        Lttb.SelectPlainly(times, values, plain);
        // The length of the line that is drawn tells how much of the movement is kept.
        var ratio = Length(fast) / Length(plain);
        Assert.InRange(ratio, 0.97, 1.2);

        double Length(int[] positions) => positions.Zip(positions.Skip(1)).Sum(pair => Math.Abs(values[pair.Second] - values[pair.First]));
    });

    [Fact]
    public void Lttb_finds_the_only_spike() => Assert.Equal(
        [0, 500, 999], Positions(3, Enumerable.Range(0, 1000).Select(i => i == 500 ? 100.0 : 1).ToArray()));

    [Fact]
    public void Misuse_is_named()
    {
        Assert.Contains("2 times and 1 values", Assert.Throws<ArgumentException>(() => M4.Reduce([1, 2], [1], 1, new Columns())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => M4.Reduce([1], [1], 0, new Columns()));
        Assert.Contains("10 buckets need 20", Assert.Throws<ArgumentException>(() => MinMax.Select([1], 10, new int[19])).Message, StringComparison.Ordinal);
        Assert.Contains("at least 3", Assert.Throws<ArgumentException>(() => Lttb.Select([1], [1], new int[2])).Message, StringComparison.Ordinal);
    }

    private static int[] Positions(int count, double[] values)
    {
        var positions = new int[count];
        Lttb.Select(Enumerable.Range(0, values.Length).Select(i => (long)i).ToArray(), values, positions);
        return positions;
    }
}
