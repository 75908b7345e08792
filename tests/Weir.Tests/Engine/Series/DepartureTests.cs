using Weir.Engine;
using Weir.Engine.Series;
using Weir.Engine.Windows;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Series;

/// <summary>Series that were silent for long leave when places are scarce.</summary>
public sealed class DepartureTests : IDisposable
{
    private const long Hour = 3600 * Points.Second;

    /// <summary>The step of the clock, in nanoseconds.</summary>
    private const long Tick = 100;
    private readonly ManualClock _clock = new() { TimestampStep = TimeSpan.TicksPerMinute };
    private readonly TimeSeriesEngine _engine;

    public DepartureTests() => _engine = new TimeSeriesEngine(new EngineOptions { SeriesMax = 16 }, _clock);

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Labels_that_keep_changing_find_room_for_ever()
    {
        var stays = _engine.Resolve(new SeriesKey("stays"));
        for (var pod = 0; pod < 200; pod++)
        {
            Send(Pod(pod), pod);
            Send(stays, pod);
            Pass(Hour / 4);
        }
        Assert.Equal(0, _engine.Catalog.Overflowed);
        Assert.InRange(_engine.Catalog.Count, 2, 16);
        Assert.Equal(_engine.Catalog.All.Count(), _engine.Catalog.Count);
        Assert.Equal(201 - _engine.Catalog.Count, _engine.Catalog.Left);
        Assert.Equal(200, stays.Snapshot.Count);
        Assert.Equal(199, Pod(199).Snapshot.LastValue);
        Assert.Equal(_engine.Catalog.All.Sum(series => series.Bytes), _engine.Counters.PointBytes);
        Assert.Equal(0, _engine.EvictionTurns);
    }

    [Fact]
    public void Nothing_is_held_of_the_series_that_left()
    {
        var all = Enumerable.Range(0, 2000).Select(Churn).ToArray();
        Pass(2 * Points.Second * 60);
        GC.Collect();
        Assert.InRange(all.Count(weak => weak.IsAlive), 0, _engine.Catalog.Count + 2);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        WeakReference Churn(int pod)
        {
            var series = Pod(pod);
            Send(series, pod);
            Pass(Hour / 4);
            return new WeakReference(series);
        }
    }

    [Fact]
    public void Nothing_leaves_while_a_sixteenth_of_the_places_is_free()
    {
        for (var pod = 0; pod < 15; pod++) Send(Pod(pod), pod);
        Pass(1000 * Hour);
        Assert.Equal((15, 0), (_engine.Catalog.Count, _engine.Catalog.Left));
        Send(Pod(15), 1);
        Pass(Points.Second);
        Assert.Equal((15, 1), (_engine.Catalog.Count, _engine.Catalog.Left));
    }

    [Fact]
    public void Nothing_leaves_that_got_a_point_within_the_hour()
    {
        for (var pod = 0; pod < 16; pod++) Send(Pod(pod), pod);
        Pass(Hour - Tick);
        Assert.Equal(0, _engine.Catalog.Left);
        Pod(16);
        Assert.Equal(1, _engine.Catalog.Overflowed);
        Pass(Tick);
        Assert.Equal(1, _engine.Catalog.Left);
    }

    [Fact]
    public void Silent_for_longest_leaves_first()
    {
        for (var pod = 0; pod < 16; pod++)
        {
            Send(Pod((pod + 5) % 16), pod);
            Pass(Points.Second);
        }
        Pass(2 * Hour);
        Assert.Equal(1, _engine.Catalog.Left);
        Assert.Null(_engine.Catalog.Find(Key(5)));
        Assert.NotNull(_engine.Catalog.Find(Key(6)));
    }

    [Fact]
    public void Overflow_ends_when_there_is_room_again()
    {
        for (var pod = 0; pod < 16; pod++) Send(Pod(pod), pod);
        Assert.Equal("weir.overflow.gauge", Pod(16).Key.Name);
        Pass(2 * Hour);
        Assert.Equal(Key(16), Pod(16).Key);
    }

    [Fact]
    public void Handle_of_a_series_that_left_goes_on_with_its_options_and_without_its_past()
    {
        var held = Depart();
        Assert.Equal((0, 500), (held.Snapshot.Count, held.MaxPoints));
        Send(held, 7);
        Assert.Same(held, _engine.Catalog.Find(Key(0)));
        Assert.Equal((1, 7.0, 500), (held.Snapshot.Count, held.Snapshot.LastValue, held.MaxPoints));
        Assert.Contains(held, _engine.Catalog.All);
    }

    [Fact]
    public void Handle_of_a_series_that_left_leads_to_the_one_made_since()
    {
        var held = Depart();
        var other = Pod(0);
        Assert.NotSame(held, other);
        Send(held, 7);
        Assert.Equal((1, 500), (other.Snapshot.Count, other.MaxPoints));
        Assert.Equal(0, held.Snapshot.Count);
    }

    [Fact]
    public void Handle_of_a_series_that_left_says_so_when_its_name_has_another_kind()
    {
        var held = _engine.Resolve(new SeriesKey("lonely"));
        Fill();
        Pass(2 * Hour);
        _engine.Resolve(held.Key, SeriesKind.Counter);
        Assert.Contains("is a counter", Assert.Throws<InvalidOperationException>(() => Send(held, 7)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_is_free_for_another_kind_once_its_last_series_left()
    {
        var lonely = _engine.Resolve(new SeriesKey("lonely")).Key;
        Fill();
        Assert.Throws<InvalidOperationException>(() => _engine.Resolve(lonely, SeriesKind.Counter));
        Pass(2 * Hour);
        Assert.Equal(SeriesKind.Counter, _engine.Resolve(lonely, SeriesKind.Counter).Kind);
        Assert.Throws<InvalidOperationException>(() => _engine.Resolve(Key(20), SeriesKind.Counter));
    }

    [Fact]
    public void Points_on_their_way_while_their_series_left_bring_it_back()
    {
        var held = Pod(0);
        Fill();
        _clock.Now += 2 * Hour;
        _engine.RunRound();
        Assert.True(held.HasLeft);
        SendUnaware(held, 7);
        Assert.False(held.HasLeft);
        Assert.Equal(7, held.Snapshot.LastValue);
        Assert.Equal(0, _engine.Counters.Lost);
    }

    [Fact]
    public void Points_on_their_way_for_longer_than_a_minute_are_lost_and_counted()
    {
        var held = Pod(0);
        var appended = Fill().Counters.Appended;
        _clock.Now += 2 * Hour;
        _engine.RunRound();
        _clock.Now += 61 * Points.Second;
        _engine.RunRound();
        SendUnaware(held, 7);
        Assert.Equal((1, appended), (_engine.Counters.Lost, _engine.Counters.Appended));
    }

    [Fact]
    public void Series_whose_points_wait_for_the_clock_stays_until_they_came()
    {
        Fill();
        Pass(Hour - Points.Second);
        _engine.Append(Pod(0), _clock.Now + Hour, 7);
        _engine.RunRound();
        Pass(Hour + 1);
        Assert.Equal(7, Pod(0).Snapshot.LastValue);
    }

    [Fact]
    public void Instruments_and_series_with_windows_stay()
    {
        var (counter, gauge, histogram) = (_engine.Counter("c"), _engine.Gauge("g"), _engine.Histogram("h"));
        gauge.Set(1);
        counter.Add(1);
        histogram.Record(1);
        _engine.Window(Pod(0), "1m", Aggregation.Avg);
        Send(Pod(0), 1);
        var pinned = _engine.Catalog.All.ToArray();
        while (_engine.Catalog.Count < 16) Send(Pod(_engine.Catalog.Count), 1);
        Pass(10 * Hour);
        Assert.Equal(1, _engine.Catalog.Left);
        Assert.All(pinned, series => Assert.False(series.HasLeft));
    }

    [Fact]
    public void Nothing_leaves_before_points_ahead_of_the_clock_may_have_come()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { SeriesMax = 1, Silence = "1m", Ahead = "3h" }, _clock);
        engine.Resolve(new SeriesKey("a"));
        engine.RunRound();
        _clock.Now += 2 * Hour;
        engine.RunRound();
        Assert.Equal(0, engine.Catalog.Left);
        _clock.Now += Hour;
        engine.RunRound();
        Assert.Equal(1, engine.Catalog.Left);
    }

    private static SeriesKey Key(int pod) => new("cpu", new Label("pod", pod.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private TimeSeries Pod(int pod) => _engine.Resolve(Key(pod));

    private TimeSeriesEngine Fill()
    {
        for (var pod = 0; pod < 16; pod++) Send(Pod(pod), pod);
        return _engine;
    }

    private TimeSeries Depart()
    {
        var held = Pod(0);
        held.MaxPoints = 500;
        Fill();
        Pass(2 * Hour);
        Assert.True(held.HasLeft);
        return held;
    }

    private void Send(TimeSeries series, double value)
    {
        _engine.Append(series, _clock.Now, value);
        _engine.RunRound();
    }

    /// <summary>As a sender that looked whether the series is there before it left, and writes after.</summary>
    private void SendUnaware(TimeSeries left, double value)
    {
        left.HasLeft = false;
        _engine.Append(left, _clock.Now, value);
        left.HasLeft = true;
        _engine.RunRound();
    }

    private void Pass(long nanoseconds)
    {
        _clock.Now += nanoseconds;
        _engine.RunRound();
    }
}
