using Weir.Engine.Windows;
using Weir.Engine.Windows.States;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Windows;

public sealed class PaneWindowTests
{
    /// <summary>Counts merges, not time: the same few at any number of panes.</summary>
    [Theory]
    [InlineData("max", 10)]
    [InlineData("max", 60)]
    [InlineData("max", WindowSpec.PanesMax)]
    public void Slide_over_two_stacks_costs_six_merges_at_most(string aggregation, int panes)
    {
        // Turning over costs two a pane, one to copy and one to join; closing a pane one; a result three: the old stack, the new one, the open pane.
        Assert.InRange(MergesOfSlides(aggregation, panes, slides: panes * 4), 5, 2 + 1 + 3);
    }

    [Theory]
    [InlineData("sum", 10)]
    [InlineData("avg", 60)]
    [InlineData("rate", WindowSpec.PanesMax)]
    [InlineData("stddev", 60)]
    public void Slide_of_what_can_be_subtracted_costs_four_every_time(string aggregation, int panes) =>
        // The pane that leaves, the one that closes, and a result two: the total and the open pane.
        Assert.Equal(4, MergesOfSlides(aggregation, panes, slides: panes * 4));

    [Theory]
    [InlineData("p99", 60)]
    [InlineData("p99", 600)]
    [InlineData("distinct", 60)]
    [InlineData("distinct", WindowSpec.PanesMax)]
    public void Slide_of_what_takes_each_value_in_by_itself_costs_one_subtraction(string aggregation, int panes) => Assert.Equal(1, MergesOfSlides(aggregation, panes, slides: panes * 4));

    [Fact]
    public void Panes_held_are_bounded_and_the_oldest_that_left_are_forgotten_first()
    {
        var window = new PaneWindow(AggregateState.MakerFor(WindowSpec.Parse("1s", "sum")), 11);
        for (var start = 0L; start < 3 * PaneWindow.HeldMax; start++)
        {
            window.Leave(start - 10);
            window.Open(start, double.NaN);
            window.Add(1, double.NaN);
            Assert.Equal(Math.Min(start + 1, 11), window.Result(1));
            Assert.InRange(window.Held, 1, PaneWindow.HeldMax);
        }
        Assert.Equal(PaneWindow.HeldMax, window.Held);
        Assert.Equal(3 * PaneWindow.HeldMax - PaneWindow.HeldMax, window.HeldFrom);
    }

    [Theory]
    [InlineData("sum")]
    [InlineData("rate")]
    [InlineData("stddev")]
    [InlineData("max")]
    [InlineData("delta")]
    [InlineData("p99")]
    [InlineData("distinct")]
    public void Slide_allocates_nothing(string aggregation)
    {
        var window = new PaneWindow(AggregateState.MakerFor(WindowSpec.Parse("1s", aggregation)), 60);
        var (start, sum) = (0L, 0.0);
        Slide();
        Assert.Equal(0, Allocations.OfLeanest(Slide));
        Assert.NotEqual(0, sum);

        // More different values than are told apart exactly, and the same ones again in every run.
        void Slide()
        {
            for (var end = start + 240; start < end; start++)
            {
                window.Leave(start + 1 - 60);
                window.Open(start, 0);
                for (var i = 0; i < 40; i++) window.Add((start % 120 + 1) * 37 + i, 0);
                window.Forget(start - 60);
                sum += window.Result(1);
            }
        }
    }

    /// <summary>Panes of few and of many values, few and many of them the same: the windows go over what is told apart exactly and come back.</summary>
    [Fact]
    public void Window_of_distinct_values_equals_merging_its_panes_on_both_sides_of_what_is_exact() => Property.Holds(30, random =>
    {
        var spec = WindowSpec.Parse("1s", "distinct");
        var make = AggregateState.MakerFor(spec);
        var panes = random.Next(1, 12);
        var window = new PaneWindow(make, panes);
        var held = new Queue<(long Start, AggregateState State)>();
        var (estimates, next) = (0, 0L);
        for (var step = 0; step < 150; step++)
        {
            var start = next;
            next += random.Next(10) == 0 ? random.Next(1, 2 * panes) : 1;
            window.Leave(start + 1 - panes);
            while (held.Count > 0 && held.Peek().Start < start + 1 - panes) held.Dequeue();
            if (held.Count > 0 && random.Next(12) == 0)
            {
                // A late point: the newest panes are read again, the others are joined anew.
                var from = held.ElementAt(random.Next(held.Count)).Start;
                window.Rewind(from, start + 1 - panes, double.NaN);
                held = new(held.Where(pane => pane.Start < from));
            }
            window.Open(start, double.NaN);
            var state = make();
            held.Enqueue((start, state));
            var range = (int)Math.Pow(10, 1 + 3 * random.NextDouble());
            for (var i = random.Next(4) == 0 ? random.Next(2500) : random.Next(300); i > 0; i--)
            {
                var value = (double)random.Next(range);
                window.Add(value, double.NaN);
                state.Add(value, double.NaN);
                if (i % 50 == 0) AssertSame();
            }
            AssertSame();

            void AssertSame()
            {
                var merged = make();
                foreach (var pane in held) merged.Merge(pane.State);
                Assert.Equal(merged.Result(1), window.Result(1));
                if (((DistinctState)merged).Values.IsEstimate) estimates++;
            }
        }
        Assert.True(estimates > 0 || panes < 4);
    });

    private static double MergesOfSlides(string aggregation, int panes, int slides)
    {
        var random = new Random(panes);
        var window = new PaneWindow(AggregateState.MakerFor(WindowSpec.Parse("1s", aggregation)), panes);
        var before = 0L;
        for (var start = 0L; start < panes + slides; start++)
        {
            if (start == panes) before = window.Merges;
            window.Leave(start + 1 - panes);
            window.Open(start, 0);
            for (var i = 0; i < 3; i++) window.Add(random.NextDouble(), 0);
            window.Result(1);
        }
        return (window.Merges - before) / (double)slides;
    }
}
