using Weir.Engine.Sketches;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Sketches;

/// <summary>What the sketch promises: every quantile within its relative error of the sorted values' own, the rest exact.</summary>
public sealed class QuantileSketchTests
{
    public static TheoryData<string> Names => new(Distributions.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Quantiles_lie_within_the_error_of_the_sorted_values(string distribution) => Property.Holds(8, random =>
    {
        var sketch = new QuantileSketch(random.Next(3) switch { 0 => 0.001, 1 => 0.01, _ => 0.1 });
        var values = Distributions.All[distribution](random, random.Next(1, 4000));
        foreach (var value in values) sketch.Add(value);
        SortedValues.AssertHolds(sketch, values);
    });

    [Fact]
    public void Error_asked_for_is_kept_until_values_fold()
    {
        foreach (var error in new[] { 0.0001, 0.001, 0.01, 0.02, 0.1, 0.5 }) Assert.InRange(new QuantileSketch(error).RelativeError, error / 2.01, error);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Many_at_once_equal_one_by_one_bit_for_bit(string distribution) => Property.Holds(8, random =>
    {
        var values = Distributions.All[distribution](random, random.Next(3000));
        for (var i = random.Next(20); i > 0 && values.Length > 0; i--) values[random.Next(values.Length)] = random.Next(3) switch { 0 => double.NaN, 1 => double.PositiveInfinity, _ => double.NegativeInfinity };
        var (many, one) = (new QuantileSketch(), new QuantileSketch());
        for (var at = 0; at < values.Length;)
        {
            var count = Math.Min(values.Length - at, random.Next(1500));
            many.Add(values.AsSpan(at, count));
            foreach (var value in values.AsSpan(at, count)) one.Add(value);
            at += count;
        }
        SketchStates.AssertSame(one, many);
        Assert.Equal(BitConverter.DoubleToInt64Bits(one.Sum), BitConverter.DoubleToInt64Bits(many.Sum));
    });

    [Fact]
    public void Values_that_spread_too_far_cost_precision_and_no_more_memory()
    {
        var sketch = new QuantileSketch();
        var values = new List<double>();
        var errors = new List<double>();
        for (var exponent = 0; exponent < 1022; exponent++)
        {
            values.AddRange([Math.ScaleB(1, exponent), -Math.ScaleB(1.5, -exponent)]);
            sketch.Add(values[^2]);
            sketch.Add(values[^1]);
            Assert.InRange(sketch.Bytes, 0, 4L * QuantileSketch.BucketsMaxLeast);
            if (errors.Count == 0 || errors[^1] != sketch.RelativeError) errors.Add(sketch.RelativeError);
        }
        // 64 octaves at 64 buckets an octave fill 4,096; each doubling of the error makes room for twice as many.
        Assert.Equal([1 / 128.0, 1 / 64.0, 1 / 32.0, 1 / 16.0, 1 / 8.0], errors[..5]);
        SortedValues.AssertHolds(sketch, values.ToArray());
        sketch.Clear();
        Assert.Equal((1 / 128.0, 0), (sketch.RelativeError, sketch.Count));
        sketch.Add(1);
        Assert.Equal(1, sketch.Quantile(0.5));
    }

    [Fact]
    public void Limit_of_buckets_is_reached_to_the_last_one()
    {
        // Bucket 0 begins at 1; the last of 4,096 ends at 2^64.
        var sketch = SketchStates.OneByOne([1, Math.BitDecrement(Math.ScaleB(1, 64))]);
        Assert.Equal(1 / 128.0, sketch.RelativeError);
        sketch.Add(Math.ScaleB(1, 64));
        Assert.Equal(1 / 64.0, sketch.RelativeError);
    }

    [Fact]
    public void Counts_go_beyond_32_bits() => Property.Holds(20, random =>
    {
        var values = Distributions.All["latencies"](random, 200);
        var (large, small) = (new QuantileSketch(), SketchStates.OneByOne(values));
        var times = random.NextInt64(1L << 24, 1L << 40);
        foreach (var value in values) large.Add(value, times);
        Assert.Equal(200 * times, large.Count);
        for (var i = 0; i <= 100; i++) Assert.Equal(small.Quantile(i / 100.0), large.Quantile(i / 100.0), large.RelativeError * 2 * small.Max);
        Assert.Equal(small.Buckets().Select(bucket => bucket with { Count = bucket.Count * times }), large.Buckets());

        // A wide one takes single values, many values and narrow sketches like any other.
        large.Add(-5);
        large.Add(values);
        large.Merge(small);
        small.Merge(large);
        Assert.Equal(200 * times + 401, large.Count);
        Assert.Equal(large.Count + 200, small.Count);
        Assert.Equal(-5, small.Min);
        Assert.Equal(small.Count, small.Buckets().Sum(bucket => bucket.Count));
        small.Clear();
        small.Merge(SketchStates.OneByOne(values));
        SketchStates.AssertSame(SketchStates.OneByOne(values), small);
    });

    [Fact]
    public void Single_adding_past_32_bits_widens()
    {
        var sketch = new QuantileSketch();
        sketch.Add(3, (1L << 32) - 2);
        for (var i = 0; i < 5; i++) sketch.Add(3);
        sketch.Add([3, 3, 3, 3, 3, 3, 3, 3, 3]);
        Assert.Equal([new SketchBucket(3, 3 + 1 / 32.0, (1L << 32) + 12)], sketch.Buckets());
    }

    [Fact]
    public void Adding_allocates_nothing_once_the_window_spans_the_data()
    {
        var values = Distributions.All["uniform with negatives"](new Random(7), 5000);
        var sketch = new QuantileSketch();
        sketch.Add(values);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var value in values) sketch.Add(value);
        sketch.Add(values);
        sketch.Clear();
        sketch.Add(values);
        sketch.Quantile(0.99);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Copy_is_the_same_and_goes_its_own_way() => Property.Holds(20, random =>
    {
        var (from, to) = (new QuantileSketch(), new QuantileSketch(0.1, 8192));
        to.Add(Distributions.All["any double"](random, 100));
        from.Add(Distributions.All["latencies"](random, random.Next(300)));
        from.CopyTo(to);
        SketchStates.AssertSame(from, to);
        to.Add(1e9);
        Assert.Equal(from.Count + 1, to.Count);
        Assert.NotEqual(1e9, from.Max);
    });

    [Fact]
    public void Buckets_hold_the_values_between_their_bounds()
    {
        var buckets = SketchStates.OneByOne([-1, 0, 1, 1, 100]).Buckets();
        Assert.Equal([1, 1, 2, 1], buckets.Select(bucket => bucket.Count));
        Assert.Equal(new SketchBucket(-1 - 1 / 64.0, -1, 1), buckets[0]);
        Assert.Equal(new SketchBucket(0, 0, 1), buckets[1]);
        Assert.Equal(new SketchBucket(1, 1 + 1 / 64.0, 2), buckets[2]);
        Assert.Equal(new SketchBucket(100, 101, 1), buckets[3]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.01)]
    [InlineData(0.00001)]
    [InlineData(0.51)]
    [InlineData(double.NaN)]
    public void Error_outside_its_range_is_refused(double error) =>
        Assert.Contains("allowed is 0.0001 to 0.5", Assert.Throws<ArgumentOutOfRangeException>(() => new QuantileSketch(error)).Message);

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(99)]
    [InlineData(double.NaN)]
    public void Quantile_outside_0_to_1_is_refused(double q) =>
        Assert.Contains("allowed is 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => new QuantileSketch().Quantile(q)).Message);

    [Fact]
    public void Misuse_names_what_is_allowed()
    {
        Assert.Contains("4,096 to 65,536", Assert.Throws<ArgumentOutOfRangeException>(() => new QuantileSketch(0.01, 4095)).Message);
        Assert.Contains("0 or more", Assert.Throws<ArgumentOutOfRangeException>(() => new QuantileSketch().Add(1, -1)).Message);
    }
}
