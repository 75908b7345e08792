using Weir.Engine;
using Weir.Engine.Series;
using Weir.Tests.Data;

namespace Weir.Tests.Engine;

public sealed class TimeSeriesEngineTests
{
    [Fact]
    public void Published_says_once_that_a_round_changed_something()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var (raised, series) = (0, engine.Resolve(new SeriesKey("s")));
        engine.Published += () => raised++;
        engine.RunRound();
        Assert.Equal((0, 0), (raised, engine.Watermark));
        engine.Append(series, 1, 1);
        engine.Append(series, 2, 2);
        engine.RunRound();
        engine.RunRound();
        Assert.Equal((1, 1, 1), (raised, engine.Watermark, engine.Counters.Rounds));
        Assert.Equal(1, series.Snapshot.Version);
    }

    [Fact]
    public async Task Nobody_is_forgotten_who_subscribes_while_others_do()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var raised = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 2000; i++)
            {
                engine.Published += Raise;
                engine.Tables.Changed += Raise;
            }
        })));
        engine.Append(engine.Resolve(new SeriesKey("s")), 1, 1);
        engine.RunRound();
        Assert.Equal(8000, raised);
        engine.Tables.ResolveText("t").Send("hello");
        Assert.Equal(16_000, raised);

        void Raise() => raised++;
    }

    [Theory]
    [InlineData(0, 1 << 20, 1000, "10ms", "SeriesMax")]
    [InlineData(10_000_001, 1 << 20, 1000, "10ms", "SeriesMax")]
    [InlineData(1, (1 << 20) - 1, 1000, "10ms", "BytesMax")]
    [InlineData(1, 1 << 20, 999, "10ms", "PointsKeptMin")]
    [InlineData(1, 1 << 20, 1000, "999us", "RoundInterval")]
    [InlineData(1, 1 << 20, 1000, "61s", "RoundInterval")]
    public void Option_out_of_its_range_is_an_error_that_names_it(int series, long bytes, int points, string interval, string named)
    {
        var options = new EngineOptions { SeriesMax = series, BytesMax = bytes, PointsKeptMin = points, RoundInterval = interval };
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new TimeSeriesEngine(options));
        Assert.Equal(named, error.ParamName);
        Assert.Contains($"Engine option {named} is ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_at_their_limits_are_taken()
    {
        new TimeSeriesEngine(new EngineOptions { SeriesMax = 1, BytesMax = 1 << 20, PointsKeptMin = 1000, RoundInterval = "1ms" }).Dispose();
        new TimeSeriesEngine(new EngineOptions { SeriesMax = 10_000_000, RoundInterval = "1m" }).Dispose();
    }
}
