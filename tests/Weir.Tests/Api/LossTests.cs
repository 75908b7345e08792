using Microsoft.Extensions.Time.Testing;
using Weir.Engine;
using Weir.Engine.Ingest;
using Weir.Engine.Series;
using Weir.Sending;

namespace Weir.Tests.Api;

/// <summary>What happens to values that a program sends faster than they are taken in.</summary>
public class LossTests
{
    /// <summary>More than the rings of a thread hold together.</summary>
    private const int More = 3 * Lane.CapacityMax;

    private readonly FakeTimeProvider _time = new(new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_loss_is_said_once_on_standard_error()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions(), _time);
        var errors = new StringWriter();
        using var notice = new LossNotice(engine, errors);
        var series = engine.Resolve(new SeriesKey("fast"));
        engine.Append(series, 1);
        engine.RunRound();
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("", errors.ToString());

        for (var i = 0; i < More; i++) engine.Append(series, i);
        engine.RunRound();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Matches(@"^Weir: [\d,]+ values were lost.*WeirOptions\.Loss to LossPolicy\.Block.*said once", errors.ToString());

        var said = errors.ToString();
        for (var i = 0; i < More; i++) engine.Append(series, i);
        engine.RunRound();
        _time.Advance(TimeSpan.FromSeconds(5));
        notice.Look();
        Assert.Equal(said, errors.ToString());
    }

    [Fact]
    public void Standard_error_that_is_closed_takes_nothing_down()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { Loss = LossPolicy.DropNewest }, _time);
        var closed = new StringWriter();
        closed.Dispose();
        using var notice = new LossNotice(engine, closed);
        var series = engine.Resolve(new SeriesKey("fast"));
        for (var i = 0; i < More; i++) engine.Append(series, i);
        _time.Advance(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void A_wait_for_room_ends_also_by_a_clock_that_stands_still()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions(), _time);
        var series = engine.Resolve(new SeriesKey("history"));
        var (times, values) = (new long[More], new double[More]);
        for (var i = 0; i < times.Length; i++) times[i] = i;
        // No engine runs, so that nothing makes room.
        var taken = engine.Append(series, times, values, LossPolicy.Block(TimeSpan.FromMilliseconds(20)));
        Assert.InRange(taken, 1, More - 1);
        Assert.Equal(times.Length - taken, engine.DroppedNewest);
    }
}
