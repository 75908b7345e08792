using Weir.Engine.Windows;
using Weir.Engine.Windows.States;

namespace Weir.Tests.Engine.Windows;

public sealed class PaneWindowTests
{
    /// <summary>Counts merges, not time: the same few at any number of panes.</summary>
    [Theory]
    [InlineData("max", 10)]
    [InlineData("max", 60)]
    [InlineData("max", WindowSpec.PanesMax)]
    [InlineData("distinct", 60)]
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
    public void Slide_of_a_quantile_costs_one_subtraction(string aggregation, int panes) => Assert.Equal(1, MergesOfSlides(aggregation, panes, slides: panes * 4));

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
