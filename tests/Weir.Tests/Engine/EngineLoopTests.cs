using Weir.Engine;
using Weir.Engine.Series;

namespace Weir.Tests.Engine;

public sealed class EngineLoopTests
{
    [Fact]
    public async Task A_round_that_throws_is_counted_and_told_once_and_the_loop_goes_on()
    {
        var time = new FailingTime();
        using var engine = new TimeSeriesEngine(time: time);
        var told = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        var published = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.RoundFailed += failure =>
        {
            if (!told.TrySetResult(failure)) published.TrySetException(new InvalidOperationException("Told twice."));
            throw new FormatException("A handler that throws.");
        };
        time.Fails = true;
        time.FailuresLeft = 3;
        engine.Start();
        Assert.IsType<TimeoutException>(await told.Task.WaitAsync(TestContext.Current.CancellationToken));
        engine.Published += () => published.TrySetResult();
        engine.Append(engine.Resolve(new SeriesKey("after")), UnixNanoseconds, 1);
        await published.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((3L, 1L), (engine.Counters.FailedRounds, engine.Counters.HandlerFailures));
    }

    private static long UnixNanoseconds => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000;

    private sealed class FailingTime : TimeProvider
    {
        public volatile bool Fails;
        public int FailuresLeft;

        public override DateTimeOffset GetUtcNow()
        {
            if (Fails && Interlocked.Decrement(ref FailuresLeft) >= 0) throw new TimeoutException("No clock.");
            return base.GetUtcNow();
        }
    }
}
