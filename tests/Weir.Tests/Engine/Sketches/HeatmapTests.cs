using Weir.Engine.Sketches;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Sketches;

public sealed class HeatmapTests
{
    [Fact]
    public void Counts_are_those_of_the_values_between_the_bounds() => Property.Holds(60, random =>
    {
        var kinds = new[] { "latencies", "lognormal", "Pareto", "integers", "subnormals and zeros", "the largest", "any double" };
        var columns = Enumerable.Range(0, random.Next(1, 8)).Select(_ => Distributions.All[kinds[random.Next(kinds.Length)]](random, random.Next(300))).ToArray();
        var rowsMax = random.Next(1, 200);
        // Of different precisions, as when one of them had to fold.
        var sketches = columns.Select(values =>
        {
            var sketch = new QuantileSketch(random.Next(3) == 0 ? 0.05 : 0.01);
            sketch.Add(values);
            return sketch;
        }).ToArray();
        var heatmap = Heatmap.Of(sketches, rowsMax);
        Assert.InRange(heatmap.Rows, 0, rowsMax);
        Assert.Equal(columns.Length, heatmap.Columns);
        Assert.Equal(heatmap.Bounds.Order(), heatmap.Bounds);
        for (var column = 0; column < columns.Length; column++)
        {
            var counted = 0L;
            for (var row = 0; row < heatmap.Rows; row++)
            {
                var (low, high) = (heatmap.Bounds[row], heatmap.Bounds[row + 1]);
                Assert.Equal(columns[column].Count(value => value >= low && (value < high || high == double.MaxValue)), heatmap[column, row]);
                counted += heatmap[column, row];
            }
            Assert.Equal(columns[column].Count(value => value >= 2.2250738585072014e-308), counted);
        }
    });

    [Fact]
    public void Nothing_to_show_has_no_rows()
    {
        Assert.Equal((0, 2), (Heatmap.Of([new QuantileSketch(), SketchStates.OneByOne([-1, 0])]).Rows, Heatmap.Of([new(), new()]).Columns));
        Assert.Equal(0, Heatmap.Of([]).Columns);
    }

    [Fact]
    public void Rows_outside_their_range_are_refused()
    {
        Assert.Contains("1 to 512", Assert.Throws<ArgumentOutOfRangeException>(() => Heatmap.Of([], 0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Heatmap.Of([], 513));
    }
}
