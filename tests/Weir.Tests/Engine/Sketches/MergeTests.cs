using Weir.Engine.Sketches;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Sketches;

/// <summary>What sketches come to depends on the values alone: not on who took them in, nor on the order of taking and merging.</summary>
public sealed class MergeTests
{
    [Fact]
    public void Merged_in_any_order_equals_all_values_in_one() => Property.Holds(150, random =>
    {
        var values = Mixed(random, random.Next(2000));
        var all = new QuantileSketch();
        all.Add(values);

        var parts = new List<QuantileSketch>();
        random.Shuffle(values);
        for (var at = 0; at < values.Length;)
        {
            var count = Math.Min(values.Length - at, random.Next(1, 700));
            parts.Add(SketchStates.OneByOne(values.AsSpan(at, count)));
            at += count;
        }
        // A random tree of merges.
        while (parts.Count > 1)
        {
            var (into, from) = (random.Next(parts.Count), random.Next(parts.Count));
            if (into == from) continue;
            parts[into].Merge(parts[from]);
            parts.RemoveAt(from);
        }
        var merged = parts.Count == 0 ? new QuantileSketch() : parts[0];
        SketchStates.AssertSame(all, merged);
        SortedValues.AssertHolds(merged, values);
    });

    [Fact]
    public void Sketches_of_different_precision_merge_to_the_coarser() => Property.Holds(60, random =>
    {
        var (fine, coarse) = (new QuantileSketch(0.001, 8192), new QuantileSketch(0.05));
        var (some, others) = (Mixed(random, random.Next(1, 500)), Mixed(random, random.Next(1, 500)));
        fine.Add(some);
        coarse.Add(others);
        double[] all = [.. some, .. others];
        if (random.Next(2) == 0)
        {
            fine.Merge(coarse);
            SortedValues.AssertHolds(fine, all);
        }
        else
        {
            coarse.Merge(fine);
            SortedValues.AssertHolds(coarse, all);
        }
    });

    [Fact]
    public void Merged_into_itself_it_holds_everything_twice() => Property.Holds(20, random =>
    {
        var values = Mixed(random, random.Next(1, 500));
        var sketch = SketchStates.OneByOne(values);
        sketch.Merge(sketch);
        SketchStates.AssertSame(SketchStates.OneByOne([.. values, .. values]), sketch);
    });

    [Fact]
    public void Empty_sketch_changes_nothing()
    {
        var sketch = SketchStates.OneByOne([1, -2, 0]);
        sketch.Merge(new QuantileSketch(0.5));
        SketchStates.AssertSame(SketchStates.OneByOne([1, -2, 0]), sketch);
        var empty = new QuantileSketch();
        empty.Merge(new QuantileSketch(0.5));
        SketchStates.AssertSame(new QuantileSketch(), empty);
        Assert.Throws<ArgumentNullException>(() => empty.Merge(null!));
    }

    /// <summary>Values of one or two kinds; now and then so far apart that they fold, and now and then a NaN or an infinity.</summary>
    private static double[] Mixed(Random random, int count)
    {
        var kinds = Distributions.All.Values.ToArray();
        var (one, other) = (kinds[random.Next(kinds.Length)](random, count), kinds[random.Next(kinds.Length)](random, count));
        for (var i = 0; i < count; i++)
        {
            if (random.Next(2) == 0) one[i] = other[i];
            if (random.Next(200) == 0) one[i] = random.Next(3) switch { 0 => double.NaN, 1 => double.PositiveInfinity, _ => double.NegativeInfinity };
        }
        return one;
    }
}
