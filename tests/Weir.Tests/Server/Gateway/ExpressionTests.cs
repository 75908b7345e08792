using Weir.Engine.Queries;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Engine.Views;
using Weir.Tests.Data;

namespace Weir.Tests.Server.Gateway;

/// <summary>Expressions that viewers look at, beside selectors.</summary>
public sealed class ExpressionTests
{
    private const long Second = UnixTime.NanosecondsPerSecond;

    /// <summary>Whatever came late, and whichever series came and ended: viewers hold what a query over the same stretch answers.</summary>
    [Fact]
    public void Viewers_see_what_the_query_answers() => Property.Holds(30, random =>
    {
        using var stage = new GatewayStage(sendingLoops: random.Next(1, 3));
        string[] expressions = ["sum(s1) + 1", "max by (host) (rate(s2[20s]))", "s1 / on(host) s2", "count_over_time(s1[7s])", "s1 > 20"];
        var expression = expressions[random.Next(expressions.Length)];
        var view = $$"""{"query":"{{expression}}","range":60000,"width":60}""";
        var viewers = new[] { stage.Connect(isBinary: true, GatewayStage.Views(view)), stage.Connect(isBinary: false, GatewayStage.Views(view)) };
        for (var step = 0; step < 80; step++)
        {
            if (random.Next(3) > 0)
            {
                var series = stage.Engine.Resolve(new SeriesKey($"s{random.Next(1, 3)}", new Label("host", $"{random.Next(3)}")));
                for (var points = random.Next(1, 6); points > 0; points--)
                {
                    var age = random.Next(4) == 0 ? random.NextInt64(50 * Second) : random.NextInt64(Second);
                    stage.Engine.Append(series, stage.Now - age, random.Next(60));
                }
                stage.Engine.RunRound();
            }
            stage.Time.Advance(TimeSpan.FromMilliseconds(random.Next(1500)));
            stage.Gateway.Tick();
            // A stall of thirty seconds would cut the viewer off.
            if (step % 12 == 0) foreach (var viewer in viewers) viewer.Release();
            else if (random.Next(8) == 0) viewers[random.Next(2)].Transport.IsStalling = true;
        }
        foreach (var viewer in viewers) viewer.Release();
        for (var i = 0; i < 3; i++)
        {
            stage.Time.Advance(TimeSpan.FromMilliseconds(300));
            stage.Settle(viewers);
        }
        AssertSees(stage, viewers, expression);
    });

    [Fact]
    public void Late_point_of_any_age_reaches_the_picture()
    {
        using var stage = new GatewayStage();
        var viewer = stage.Connect(isBinary: true, GatewayStage.Views("""{"query":"sum(s1) * 2","range":60000,"width":60}"""));
        for (var i = 0; i < 60; i++)
        {
            stage.Time.Advance(TimeSpan.FromSeconds(1));
            stage.Send("s1", (stage.Now, i));
            stage.Settle();
        }
        stage.Send("s1", (stage.Now - 45 * Second, 1000));
        stage.Time.Advance(TimeSpan.FromMilliseconds(300));
        stage.Settle(viewer);
        Assert.Contains(2000, viewer.Picture.ColumnsOf(0).Select(column => column.Last));
        AssertSees(stage, [viewer], "sum(s1) * 2");
    }

    [Fact]
    public void Selectors_and_expressions_stand_side_by_side_in_a_widget()
    {
        using var stage = new GatewayStage();
        stage.Dashboard.AddWidget(new LineChartOptions { Id = "both", Queries = ["s1", "s1 * 10", "sum(s1)"] }, stage.Dashboard.DefaultPage.Root);
        stage.Send("s1", (stage.Now, 4));
        var viewer = stage.Connect(isBinary: true, GatewayStage.Views("""{"widget":"both","range":60000,"width":60}"""));
        stage.Settle();
        stage.Time.Advance(TimeSpan.FromSeconds(1));
        stage.Settle(viewer);
        Assert.Equal(["s1", "s1 * 10", "sum(s1)"], viewer.Picture.Names);
        Assert.Equal([4, 40, 4], Enumerable.Range(0, 3).Select(slot => viewer.Picture.ColumnsOf(slot)[^1].Last));
    }

    [Fact]
    public void Failing_expression_is_tried_again_ever_more_rarely_and_then_shown_whole()
    {
        using var stage = new GatewayStage();
        void Send(string core) => stage.Engine.Append(stage.Engine.Resolve(new SeriesKey("cpu", new Label("core", core))), stage.Now, 2);
        Send("0");
        stage.Send("s1", (stage.Now, 8));
        // While there are two cores, one load does not know which to take.
        const string Ratio = """{"query":"s1 / on() cpu","range":1000000,"width":100}""";
        var viewer = stage.Connect(isBinary: true, GatewayStage.Views(Ratio));
        Send("1");
        stage.Engine.RunRound();
        stage.Settle();
        var errors = viewer.TextsOf("error").Count();
        for (var i = 0; i < 2000; i++)
        {
            stage.Time.Advance(TimeSpan.FromMilliseconds(300));
            stage.Gateway.Tick();
        }
        viewer.Read();
        // Ten minutes: after 1, 2, 4, 8, 16 seconds and then each half minute; the second core is forgotten five minutes after its point.
        Assert.Equal(1, errors);
        Assert.InRange(stage.Gateway.Views.Evaluations, 10, 60);
        Assert.InRange(viewer.TextsOf("error").Count(), 1, 1);
    }

    [Fact]
    public void So_many_evaluations_run_at_once_and_the_rest_wait()
    {
        var (started, background) = (0, new Queue<Action>());
        var queue = new EvaluationQueue(background.Enqueue);
        for (var i = 0; i < 5; i++) queue.Add(() => started++);
        Assert.Equal(EvaluationQueue.AtOnceMax, background.Count);
        while (background.TryDequeue(out var work)) work();
        Assert.Equal(5, started);
        queue.Add(() => started++);
        Assert.Single(background);
    }

    private static void AssertSees(GatewayStage stage, FakeViewer[] viewers, string expression)
    {
        var first = (stage.Now - 60 * Second) / Second;
        var expected = new QueryEngine(stage.Engine.Catalog).Range(expression, first * Second, stage.Now / Second * Second, Second, TestContext.Current.CancellationToken).Series
            .Select(series => series.Times.Zip(series.Values).Where(point => !double.IsNaN(point.Second)).ToArray()).Where(points => points.Length > 0);
        foreach (var viewer in viewers)
        {
            var actual = Enumerable.Range(0, viewer.Picture.Names.Count).Select(slot => viewer.Picture.ColumnsOf(slot)
                .Where(column => column.Number >= first && !double.IsNaN(column.Last)).Select(column => (column.Number * Second, column.Last)).ToArray()).Where(points => points.Length > 0);
            Assert.Equal(Sorted(expected), Sorted(actual));
        }
    }

    private static string[] Sorted(IEnumerable<(long Time, double Value)[]> series) =>
        [.. series.Select(points => string.Join(' ', points.Select(point => FormattableString.Invariant($"{point.Time / Second}:{point.Value}")))).Order(StringComparer.Ordinal)];
}
