using Weir.Engine.Sketches;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Sketches;

/// <summary>Sliding equals merging the panes that are in the window.</summary>
public sealed class SlidingSketchTests
{
    [Fact]
    public void Total_equals_merging_the_panes() => Property.Holds(40, random =>
    {
        var panesMax = random.Next(1, 12);
        var (sliding, panes) = (new SlidingSketch(panesMax), new Queue<QuantileSketch>());
        for (var step = 0; step < 60; step++)
        {
            if (panes.Count > 0 && random.Next(6) == 0)
            {
                Assert.Same(panes.Dequeue(), sliding.Pop());
            }
            else
            {
                var leaves = panes.Count == panesMax ? panes.Dequeue() : null;
                panes.Enqueue(Pane(random));
                Assert.Same(leaves, sliding.Push(panes.Last()));
            }
            var merged = new QuantileSketch();
            foreach (var pane in panes) merged.Merge(pane);
            Assert.Equal(panes.Count, sliding.Panes);
            SketchStates.AssertSame(merged, sliding.Total);
        }
    });

    [Fact]
    public void Precision_returns_when_what_spread_the_values_is_gone()
    {
        var sliding = new SlidingSketch(60);
        for (var i = 0; i < 600; i++)
        {
            // Once a window something reaches over all doubles.
            sliding.Push(i % 60 == 30 ? SketchStates.OneByOne([-1e300, -1e-300, 1e-300, 1e300]) : SketchStates.OneByOne([i]));
            if (i < 30) Assert.Equal(1 / 128.0, sliding.Total.RelativeError);
        }
        Assert.InRange(sliding.Total.RelativeError, 0.1, 0.5);
        for (var i = 0; i < 60; i++) sliding.Push(SketchStates.OneByOne([i]));
        Assert.Equal(1 / 128.0, sliding.Total.RelativeError);
        Assert.InRange(sliding.Rebuilds, 1, 10);
    }

    [Fact]
    public void Sum_does_not_drift()
    {
        var sliding = new SlidingSketch(3);
        sliding.Push(SketchStates.OneByOne([1e30]));
        for (var i = 0; i < 100; i++) sliding.Push(SketchStates.OneByOne([0.1]));
        Assert.Equal(0.1 + 0.1 + 0.1, sliding.Total.Sum, 1e-15);
    }

    [Fact]
    public void Slide_allocates_nothing()
    {
        var (sliding, pane, random) = (new SlidingSketch(60), new QuantileSketch(), new Random(1));
        for (var i = 0; i < 1000; i++) pane.Add(Math.Exp(Distributions.Normal(random)));
        for (var i = 0; i < 130; i++) Slide();
        Assert.Equal(0, Allocations.OfLeanest(() =>
        {
            for (var i = 0; i < 1000; i++) Slide();
        }));

        void Slide()
        {
            // What came back is filled anew, as a stream would.
            var next = sliding.Push(pane) ?? new QuantileSketch();
            pane.CopyTo(next);
            pane = next;
        }
    }

    [Fact]
    public void Window_without_panes_is_an_error_for_the_caller()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlidingSketch(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlidingSketch(SlidingSketch.PanesMaxMost + 1));
        Assert.Throws<InvalidOperationException>(() => new SlidingSketch(1).Pop());
    }

    private static QuantileSketch Pane(Random random)
    {
        var kinds = Distributions.All.Values.ToArray();
        // Mostly alike, now and then of another kind and so far away that buckets fold.
        var kind = random.Next(4) == 0 ? kinds[random.Next(kinds.Length)] : Distributions.All["latencies"];
        var pane = new QuantileSketch(random.Next(10) == 0 ? 0.1 : 0.01);
        pane.Add(kind(random, random.Next(200)));
        return pane;
    }
}
