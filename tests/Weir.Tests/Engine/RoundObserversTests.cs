using Weir.Engine;
using Weir.Engine.Series;
using Weir.Tests.Data;

namespace Weir.Tests.Engine;

public sealed class RoundObserversTests
{
    [Fact]
    public void Thousand_observers_of_a_thousand_series_are_not_called_for_one_that_is_none_of_theirs()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var observers = new Note[1000];
        for (var i = 0; i < observers.Length; i++) engine.Rounds.Observe(observers[i] = new Note(), engine.Resolve(new SeriesKey($"s{i}")));
        engine.Append(engine.Resolve(new SeriesKey("s7")), 1);
        engine.RunRound();
        Assert.Equal(1, observers[7].Calls);
        Assert.Equal(1, observers.Sum(o => o.Calls));
        Assert.Equal(["s7"], observers[7].Changed);
    }

    [Fact]
    public void Observer_of_several_series_is_called_once_a_round_until_it_is_disposed()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var (a, b, note) = (engine.Resolve(new SeriesKey("a")), engine.Resolve(new SeriesKey("b")), new Note());
        using (engine.Rounds.Observe(note, a, b, a))
        {
            engine.Append(a, 1);
            engine.Append(b, 1);
            engine.RunRound();
            engine.RunRound();
            Assert.Equal(1, note.Calls);
            Assert.Equal(engine.Watermark, note.Number);
            Assert.Equal(["a", "b"], note.Changed.Order());
        }
        engine.Append(a, 2);
        engine.RunRound();
        Assert.Equal(1, note.Calls);
    }

    [Fact]
    public void Round_tells_from_when_on_late_points_changed_a_series()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var (series, note) = (engine.Resolve(new SeriesKey("s")), new Note());
        using var observation = engine.Rounds.ObserveAll(note);
        engine.Append(series, ManualClock.Noon, 1);
        engine.RunRound();
        Assert.Equal([long.MaxValue], note.CorrectedFrom);
        engine.Append(series, ManualClock.Noon - 3, 2);
        engine.Append(series, ManualClock.Noon - 5, 2);
        engine.RunRound();
        Assert.Equal([ManualClock.Noon - 5], note.CorrectedFrom);
    }

    [Fact]
    public void Observer_that_throws_is_counted_and_stops_nobody()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var (series, note, published) = (engine.Resolve(new SeriesKey("s")), new Note(), 0);
        using var bad = engine.Rounds.Observe(new Throwing(), series);
        using var good = engine.Rounds.Observe(note, series);
        engine.Published += () => published++;
        engine.Append(series, 1);
        engine.RunRound();
        Assert.Equal((1, 1, 1L), (note.Calls, published, engine.Counters.HandlerFailures));
    }

    private sealed class Note : IRoundObserver
    {
        public int Calls { get; private set; }

        public long Number { get; private set; }

        public string[] Changed { get; private set; } = [];

        public long[] CorrectedFrom { get; private set; } = [];

        public void OnRound(Round round)
        {
            Calls++;
            (Number, Changed, CorrectedFrom) = (round.Number, new string[round.Changed.Length], new long[round.Changed.Length]);
            for (var i = 0; i < Changed.Length; i++) (Changed[i], CorrectedFrom[i]) = (round.Changed[i].Key.Name, round.CorrectedFrom(i));
        }
    }

    private sealed class Throwing : IRoundObserver
    {
        public void OnRound(Round round) => throw new InvalidOperationException("An observer fails.");
    }
}
