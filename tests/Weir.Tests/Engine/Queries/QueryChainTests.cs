using Weir.Engine;
using Weir.Engine.Queries;
using Weir.Engine.Queries.Live;
using Weir.Engine.Series;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Queries;

/// <summary>Chains of operators as long as a query may be, on a stack as small as a thread's.</summary>
public sealed class QueryChainTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("x", " or ", 13_000, 1)]
    [InlineData("x", "+", 30_000, 30_000)]
    [InlineData("1", "+", 30_000, 30_000)]
    [InlineData("1", "-", 30_000, -29_998)]
    public void Chain_of_thousands_is_computed(string operand, string sign, int count, double expected)
    {
        var query = string.Join(sign, Enumerable.Repeat(operand, count));
        using var engine = Engine();
        var options = new QueryOptions { ValuesMax = 1_000_000 };
        OnSmallStack(() => Assert.Equal(expected, Assert.Single(new QueryEngine(engine.Catalog, options).Instant(query, ManualClock.Noon, Cancellation).Series).Values[0]));
        OnSmallStack(() =>
        {
            var live = new LiveQuery(engine.Catalog, query, Points.Second, options);
            live.Refresh(ManualClock.Noon / Points.Second, ManualClock.Noon / Points.Second, Cancellation);
            Assert.Equal(expected, Assert.Single(live.Outputs)[ManualClock.Noon / Points.Second]);
        });
    }

    [Fact]
    public void Scalars_and_vectors_mix_in_a_chain()
    {
        using var engine = Engine();
        var result = new QueryEngine(engine.Catalog).Instant("1 + 2 * 3 - x + 4 + x - 2", ManualClock.Noon, Cancellation);
        Assert.Equal(9, Assert.Single(result.Series).Values[0]);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("-")]
    [InlineData("x^")]
    [InlineData("abs(")]
    [InlineData("sum(")]
    [InlineData("x or (")]
    public void What_lies_too_deep_is_refused(string part)
    {
        var query = string.Concat(Enumerable.Repeat(part, 9000)) + "x";
        OnSmallStack(() => Assert.Contains("more than 128 levels deep", Assert.Throws<QueryException>(() => new QueryEngine(new SeriesCatalog(1)).Instant(query, 0, Cancellation)).Message, StringComparison.Ordinal));
    }

    private static TimeSeriesEngine Engine()
    {
        var engine = new TimeSeriesEngine(time: new ManualClock());
        engine.Append(engine.Resolve(new SeriesKey("x")), ManualClock.Noon, 1);
        engine.RunRound();
        return engine;
    }

    private static void OnSmallStack(Action act)
    {
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(act), 256 << 10);
        thread.Start();
        thread.Join();
        Assert.Null(thrown);
    }
}
