namespace Weir.Tests.Api;

public class LayoutTests : DashboardTest
{
    [Fact]
    public void Widgets_without_a_scope_flow_in_the_grid_of_the_first_page()
    {
        Board.Metric("a");
        Board.Stat("b");
        Assert.Equal("grid[a b]", Board.Outline());
        Assert.Equal("overview", Assert.Single(Board.Document.Pages).Id);
    }

    [Fact]
    public void Columns_are_filled_in_turn()
    {
        using (Board.Columns(2))
        {
            Board.Metric("a");
            Board.Metric("b");
            Board.Metric("c");
        }
        Board.Metric("d");
        Assert.Equal("grid[columns(1,1)[column[a c] column[b]] d]", Board.Outline());
    }

    [Fact]
    public void Scopes_nest()
    {
        using (Board.Columns(2, 1))
        {
            using (Board.Column())
            {
                Board.Metric("a");
                using (Board.Row())
                {
                    Board.Metric("b");
                    Board.Metric("c");
                }
            }
            using (Board.Column())
            using (Board.Expander("More", expanded: false))
                Board.Metric("d");
        }
        using (Board.Tabs("Disk", "Net"))
        using (Board.Tab("Net"))
            Board.Metric("e");
        Assert.Equal(
            "grid[columns(2,1)[column[a row[b c]] column[expander 'More' closed[d]]] tabs[tab 'Disk'[] tab 'Net'[e]]]",
            Board.Outline());
    }

    [Fact]
    public void A_page_takes_the_place_of_the_empty_first_page_and_is_found_again_by_name()
    {
        using (Board.Page("Disk & Net")) Board.Metric("a");
        using (Board.Page("Disk & Net")) Board.Metric("b");
        var page = Assert.Single(Board.Document.Pages);
        Assert.Equal(("disk-net", "Disk & Net"), (page.Id, page.Title));
        Assert.Equal("grid[a b]", Board.Outline());

        Board.Metric("c");
        Assert.Equal(["disk-net", "overview"], Board.Document.Pages.Select(p => p.Id));
    }

    [Fact]
    public async Task A_scope_belongs_to_its_flow_and_another_thread_does_not_see_it()
    {
        var entered = new TaskCompletionSource();
        var placed = new TaskCompletionSource();
        var other = Task.Run(async () =>
        {
            using (Board.Row())
            {
                entered.SetResult();
                await placed.Task;
                Board.Metric("inside");
            }
        }, TestContext.Current.CancellationToken);
        await entered.Task;
        Board.Metric("outside");
        placed.SetResult();
        await other;
        Assert.Equal("grid[row[inside] outside]", Board.Outline());
    }

    [Fact]
    public async Task A_task_that_outlives_its_scope_places_widgets_where_the_scope_stood()
    {
        var closed = new TaskCompletionSource();
        Task late;
        using (Board.Row())
        {
            Board.Metric("a");
            late = Task.Run(async () =>
            {
                await closed.Task;
                Board.Metric("b");
            }, TestContext.Current.CancellationToken);
        }
        closed.SetResult();
        await late;
        Assert.Equal("grid[row[a] b]", Board.Outline());
    }

    [Fact]
    public void Misplaced_scopes_say_where_they_belong()
    {
        Assert.Contains("inside Columns(…)", Assert.Throws<InvalidOperationException>(() => Board.Column()).Message);
        Assert.Contains("inside Tabs(…)", Assert.Throws<InvalidOperationException>(() => Board.Tab("x")).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Board.Columns(0));
        Assert.Throws<ArgumentException>(() => Board.Columns(1, -1));
        using (Board.Columns(1))
        {
            Board.Column().Dispose();
            Assert.Contains("this would be column 2", Assert.Throws<InvalidOperationException>(() => Board.Column()).Message);
        }
        using (Board.Tabs("Disk", "Net"))
        {
            Assert.Contains("'Disk', 'Net'", Assert.Throws<InvalidOperationException>(() => Board.Tab("Nets")).Message);
            Assert.Contains("use Tab(name)", Assert.Throws<InvalidOperationException>(() => Board.Metric("m")).Message);
        }
        Assert.Null(Board.Document.FindWidget("m"));
        Assert.Throws<ArgumentException>(() => Board.Tabs("a", "a"));
    }
}
