using System.Net;
using Weir.Server.Api;

namespace Weir.Tests.Server.Http;

public sealed class QueryExecutionTests
{
    /// <summary>Queries stand still at the clock, as many as may run and as may wait; the next is refused, and all others are answered once it moves.</summary>
    [Fact]
    public async Task Query_over_the_limit_is_refused_and_those_within_it_are_answered()
    {
        using var clock = new StandingClock();
        await using var stage = await ServerStage.StartAsync(running: false, time: clock);
        clock.Stop();
        var running = Enumerable.Range(0, QueryExecution.RunningMax).Select(_ => Ask()).ToArray();
        await clock.StandingAsync(QueryExecution.RunningMax);
        var later = Enumerable.Range(0, QueryExecution.WaitingMax + 3).Select(_ => Ask()).ToList();
        // Exactly three of them find no place to wait, and only those are answered before the clock moves.
        for (var refused = 0; refused < 3; refused++)
        {
            var first = await Task.WhenAny(later);
            later.Remove(first);
            using var response = await first;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Equal("1", Assert.Single(response.Headers.GetValues("Retry-After")));
            Assert.Contains("unavailable", await response.Content.ReadAsStringAsync(ServerStage.Patience), StringComparison.Ordinal);
        }
        clock.Move();
        foreach (var answered in await Task.WhenAll([.. running, .. later])) Assert.Equal(HttpStatusCode.OK, answered.StatusCode);

        Task<HttpResponseMessage> Ask() => stage.Http.GetAsync("/api/v1/query?query=time()", ServerStage.Patience);
    }

    /// <summary>Real time, but whoever asks for it while it stands waits.</summary>
    private sealed class StandingClock : TimeProvider, IDisposable
    {
        private readonly ManualResetEventSlim _moves = new(initialState: true);
        private readonly SemaphoreSlim _asked = new(0);

        public void Stop() => _moves.Reset();

        public void Move() => _moves.Set();

        public async Task StandingAsync(int count)
        {
            for (var i = 0; i < count; i++) await _asked.WaitAsync(ServerStage.Patience);
        }

        public override DateTimeOffset GetUtcNow()
        {
            if (!_moves.IsSet) _asked.Release();
            _moves.Wait(ServerStage.Patience);
            return base.GetUtcNow();
        }

        public void Dispose()
        {
            _moves.Dispose();
            _asked.Dispose();
        }
    }
}
