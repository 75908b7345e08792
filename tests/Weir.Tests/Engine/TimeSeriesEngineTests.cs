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
    public void What_handlers_throw_is_counted_and_told_once_and_stops_nobody()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var (raised, told, series) = (0, new List<string>(), engine.Resolve(new SeriesKey("s")));
        engine.Published += () => throw new InvalidOperationException("first");
        engine.Published += () => raised++;
        engine.Published += () => throw new FormatException("second");
        engine.HandlerFailed += failure => told.Add(failure.Message);
        engine.HandlerFailed += _ => throw new FormatException("third");
        for (var round = 1; round <= 3; round++)
        {
            engine.Append(series, round, round);
            Assert.Equal(1, engine.RunRound());
        }
        Assert.Equal((3, 7, 3), (raised, engine.Counters.HandlerFailures, series.Snapshot.Count));
        Assert.Equal(["first"], told);
    }

    [Fact]
    public void Loop_goes_on_when_a_handler_throws()
    {
        using var engine = new TimeSeriesEngine();
        var series = engine.Resolve(new SeriesKey("s"));
        using var rounds = new CountdownEvent(3);
        engine.Published += () =>
        {
            if (!rounds.IsSet) rounds.Signal();
            if (!rounds.IsSet) engine.Append(series, rounds.CurrentCount);
            throw new InvalidOperationException("on the loop");
        };
        engine.Start();
        engine.Append(series, 0);
        Assert.True(rounds.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), "The loop stopped.");
    }

    [Fact]
    public void Of_two_points_with_one_time_the_later_round_wins_and_in_one_round_the_thread_that_joined_later()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        using var first = new Sender();
        using var second = new Sender();
        first.Do(() => engine.Append(series, ManualClock.Noon, 1));
        second.Do(() => engine.Append(series, ManualClock.Noon, 2));
        engine.RunRound();
        Assert.Equal(2, series.Snapshot.LastValue);
        second.Do(() => engine.Append(series, ManualClock.Noon, 3));
        first.Do(() => engine.Append(series, ManualClock.Noon, 4));
        engine.RunRound();
        Assert.Equal(3, series.Snapshot.LastValue);
        first.Do(() => engine.Append(series, ManualClock.Noon, 5));
        engine.RunRound();
        Assert.Equal((5, 1), (series.Snapshot.LastValue, series.Snapshot.Count));
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
    public void Duration_that_was_never_set_is_an_error_that_names_it()
    {
        Refused(new EngineOptions { Lateness = default }, "Lateness", "a positive duration");
        Refused(new EngineOptions { Ahead = default }, "Ahead", "a positive duration");
        Refused(new EngineOptions { RecordingInterval = default }, "RecordingInterval", "10 ms to 1 hour");
        Refused(new EngineOptions { RecordingInterval = "61m" }, "RecordingInterval", "10 ms to 1 hour");

        static void Refused(EngineOptions options, string named, string allowed)
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => new TimeSeriesEngine(options));
            Assert.Equal(named, error.ParamName);
            Assert.Contains($"Engine option {named} is {error.ActualValue}; allowed is {allowed}.", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Options_at_their_limits_are_taken()
    {
        new TimeSeriesEngine(new EngineOptions { SeriesMax = 1, BytesMax = 1 << 20, PointsKeptMin = 1000, RoundInterval = "1ms" }).Dispose();
        new TimeSeriesEngine(new EngineOptions { SeriesMax = 10_000_000, RoundInterval = "1m" }).Dispose();
    }
}
